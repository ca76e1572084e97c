"""F9, F11, F12 and the races: the same thing is asked for by many at the same moment."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any, TypeVar

from django.db import connections

from runtime.regions import scope
from tests.faults import count, forked, races, world
from tests.faults.citizen import to_review
from tests.faults.races import Outcome, Race
from tests.faults.table import Row
from tests.faults.world import World
from tests.runtime import board
from tests.runtime.together import together

T = TypeVar("T")
PRESSES = 50
APPROVERS, APPROVALS = 4, 10
SEATS = 25
WORKERS, CASES, UNGUARDED = 8, 200, 20


def same_post(here: World) -> Iterator[Row]:
    """F9: the button is pressed fifty times at once."""
    browser = here.browser()
    page = to_review(browser, "F9 once")
    answers = _at_once(PRESSES, lambda _: browser.post(page, page.path, agree="on"))
    told = Counter(answer.reference for answer in answers)
    wrong = [f"answered {status}" for status in sorted({a.status for a in answers} - {200})]
    reference = max(told, key=lambda one: told[one])
    yield here.judged(
        "F9",
        f"the same POST {PRESSES} times at once",
        told={"F9 once": reference},
        among="F9",
        wrong=[*wrong, *(["several receipts"] if len(told) > 1 else [])],
        notes=[f"{told[reference]} equal receipts"],
    )


def two_approvers(here: World) -> Iterator[Row]:
    """F11: four officers sign the same case at once, each with a comment of their own."""
    cases = here.to_sign(APPROVALS, "F11")
    officers = [here.browser(here.person("head")) for _ in range(APPROVERS)]
    wrong, signed = [], []
    for reference in cases.values():
        pages = [world.asked(officer, reference) for officer in officers]

        def press(n: int) -> Any:
            return officers[n].post(pages[n], pages[n].path, comment=f"Catatan {n}.")  # noqa: B023

        answers = _at_once(APPROVERS, press)
        winners = [n for n, answer in enumerate(answers) if world.done(answer)]
        signed += [reference] if winners else []
        if len(winners) != 1:
            wrong.append(f"{len(winners)} officers were told that they had signed {reference}")
        for n, answer in enumerate(answers):
            if n not in winners and not _told_who(answer, n):
                wrong.append(f"an officer was not told who had decided: {answer.status}")
    yield here.judged(
        "F11",
        f"{APPROVERS} officers sign the same case at once, {APPROVALS} times",
        told=cases,
        among="F11",
        signed=signed,
        wrong=wrong,
        notes=["the others read who had decided and when, and keep what they had written"],
    )


def _told_who(answer: Any, n: int) -> bool:
    return (
        answer.status == 409
        and "Sudah diputuskan oleh Head-" in answer.text
        and f"Catatan {n}." in answer.text
    )


def last_seat(here: World) -> Iterator[Row]:
    """F12: four writers want the last seat of a committee, and numbers of one register."""
    yield _raced(here, "F12", _seats(here, APPROVERS), SEATS, APPROVERS, "last seat")
    yield _raced(here, "F12", _signatures(here, APPROVERS), SEATS, APPROVERS, "number of a register")


def raced(here: World) -> Iterator[Row]:
    """Eight workers decide each of 200 cases; then with the guard off, which must show doubles."""
    for what, make in (("one approval", _signatures), ("last vote", _seats)):
        cases = make(here, WORKERS)
        yield _raced(here, "races", cases, CASES, WORKERS, what)
        yield _control(here, cases, what)


Cases = Callable[[int], Race]


def _signatures(here: World, workers: int) -> Cases:
    heads, clerk = [here.person("head") for _ in range(workers)], here.person("clerk")
    return lambda amount: races.approvals(count.city(), heads, clerk, amount)


def _seats(here: World, _workers: int) -> Cases:
    """Votes of the one committee of this world, which has enough members for every race."""
    if here.committee is None:
        with scope.use(count.city()):
            here.committee = board.assemble(count.city(), races.ballot(), members=WORKERS + 1)
    sitting = here.committee
    return lambda amount: races.votes(sitting, amount)


def _race(here: World, cases: Cases, amount: int, workers: int, *, guarded: bool) -> Outcome:
    """Race in processes; with SQLite in threads, for it is made for one process and its fair queue."""
    crew, gates = (forked.together, forked.barrier) if here.postgres else (together, threading.Barrier)
    with here.without_site(), ExitStack() as seam:
        with scope.use(count.city()):
            race = cases(amount)
        connections.close_all()
        if not guarded:
            seam.enter_context(races.unguarded(gates(workers)))
        outcome = races.run(race, workers=workers, together=crew, gate=gates(workers))
        races.count_mails(race, outcome, count.sent_by_name(here.stack))
        connections.close_all()
    return outcome


def _raced(here: World, fault: str, cases: Cases, amount: int, workers: int, what: str) -> Row:
    outcome = _race(here, cases, amount, workers, guarded=True)
    wrong = [f"{outcome.broken} histories broken"] if outcome.broken else []
    wrong += [f"{outcome.numbers_left_out} numbers left out"] if outcome.numbers_left_out else []
    return Row(
        fault,
        f"{workers} {'processes' if here.postgres else 'threads'} at once on each of {amount} cases: {what}",
        told=outcome.told,
        lost=outcome.lost,
        doubled=outcome.doubled,
        wrong=(*wrong, *outcome.odd),
        notes=(
            f"{outcome.attempts} attempts, {outcome.told} counted, {outcome.refused} refused; chain whole",
        ),
        database=here.database,
    )


def _control(here: World, cases: Cases, what: str) -> Row:
    outcome = _race(here, cases, UNGUARDED, WORKERS, guarded=False)
    seen = outcome.decided_twice and outcome.effects_doubled and outcome.numbers_doubled + outcome.told
    return Row(
        "races",
        f"control: the guard off, {UNGUARDED} cases: {what} must be doubled",
        told=outcome.told,
        wrong=() if seen else ("no doubles without the guard, so the race proves nothing",),
        notes=(
            f"decided again {outcome.decided_twice} times, effects doubled {outcome.effects_doubled}, "
            f"votes lost {outcome.lost_votes}",
        ),
        database=here.database,
    )


def _at_once(times: int, work: Callable[[int], T]) -> list[T]:
    """Return what `work(0)` … gave in threads that begin at the same moment; each only talks HTTP."""
    gate = threading.Barrier(times)

    def one(n: int) -> T:
        gate.wait(30)
        return work(n)

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))
