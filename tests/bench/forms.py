"""CPU of a page of thirty questions: ours beside `wagtail.contrib.forms` with the same questions."""

from __future__ import annotations

from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse

from tests.bench import budget, timing
from tests.bench.questions import questions
from tests.bench.world import HOST, Scene

REPEATS = 25
BUDGET = {"GET": 5.0, "GET filled": 5.0, "POST": 6.0}
RATIO = {"GET": 5.0, "GET filled": 5.0}  # a POST that is taken draws nothing, neither here nor there


def _our_page(client: Client) -> str:
    started = client.post(reverse("wizard:start", args=["ukur"]), follow=True)
    if started.status_code != 200:
        raise SystemExit(f"The form did not open: {started.status_code}")
    return str(started.redirect_chain[-1][0])


def _our_answers() -> dict[str, object]:
    return {
        f"{key}{suffix}": value for key, _o, _t, ours, _p in questions() for suffix, value in ours.items()
    }


def _peer_answers() -> dict[str, object]:
    return {key: theirs for key, _o, _t, _a, theirs in questions()}


def _posted(answers: dict[str, object]) -> dict[str, str]:
    """Return what a browser sends for a page without files."""
    return {"data": urlencode(answers, doseq=True), "content_type": "application/x-www-form-urlencoded"}


def report(scene: Scene) -> None:
    """Print milliseconds of CPU and how many times less ours needs."""
    ours, newcomer, peer = (Client(headers={"host": HOST}) for _ in range(3))
    page, fresh = _our_page(ours), _our_page(newcomer)
    good, peer_good = _posted(_our_answers()), _posted(_peer_answers())
    bad = _posted({**_our_answers(), "q1": "bukan surel"})
    peer_bad = _posted({**_peer_answers(), "q1": "bukan surel"})

    def our_post() -> None:
        answer = ours.post(page, **good)
        if answer.status_code != 302:
            raise SystemExit(f"Our page refused good answers: {answer.status_code}")

    def peer_post() -> None:
        answer = peer.post(scene.peer_url, **peer_good)
        if b"Terima kasih" not in answer.content:
            raise SystemExit("The peer's page refused good answers.")

    taken = timing.cpu(
        {
            "GET ours": lambda: newcomer.get(fresh),
            "GET peer": lambda: peer.get(scene.peer_url),
            "GET filled ours": lambda: ours.get(page),
            "GET filled peer": lambda: peer.get(scene.peer_url),
            "POST ours": our_post,
            "POST peer": peer_post,
            "POST invalid ours": lambda: ours.post(page, **bad),
            "POST invalid peer": lambda: peer.post(scene.peer_url, **peer_bad),
        },
        repeats=REPEATS,
    )
    print("\nA page of 30 questions, CPU milliseconds (median of", REPEATS, "alternating runs)")
    print(f"{'':14}{'ours':>8}{'wagtail.contrib.forms':>24}{'ratio':>8}   budget")
    for name in ("GET", "GET filled", "POST", "POST invalid"):
        mine, theirs = taken[f"{name} ours"], taken[f"{name} peer"]
        budgets = [budget.at_most(mine, BUDGET[name], " ms")] if name in BUDGET else []
        if name in RATIO:
            budgets.append(budget.at_least(theirs / mine, RATIO[name], "x"))
        print(f"{name:14}{mine:8.2f}{theirs:24.2f}{theirs / mine:7.1f}x   {'; '.join(budgets)}")
    print("The peer cannot show a form filled in; it stores a row where ours stores a draft.")
