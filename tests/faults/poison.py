"""F25: an effect that kills whoever runs it is given up after five tries, and holds up nobody."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from django.db import connections

from runtime.effects import services
from runtime.effects.models import EffectRun
from runtime.effects.runner import Runner
from runtime.regions import scope
from tests.faults import count, forked
from tests.faults.slowmail import POISON
from tests.faults.table import Row
from tests.faults.world import World, until

LEASE = 2  # seconds instead of nearly a minute
OTHERS = 10
TRIES = services.TRIES


def poison(here: World) -> Iterator[Row]:
    """F25: with the embedded runner, and with a Celery worker on Redis."""
    with _poisoned(here):
        with here.without_site(), patch.object(services, "LEASE", timedelta(seconds=LEASE)):
            told, poisoned = _filed("F25 embedded")
            deaths = 0
            while deaths < TRIES + 2 and not _parked(poisoned):
                runner = forked.Forked(lambda: Runner(pause=0.2).work())
                until(lambda: _parked(poisoned) or not runner.is_alive, 60)  # noqa: B023 - called at once
                until(lambda: not runner.is_alive or not _others_wait(poisoned), 60)  # noqa: B023 - called at once
                deaths += not runner.is_alive
                runner.kill()
        wrong = [] if deaths == TRIES else [f"killed {deaths} processes, not {TRIES}"]
    yield _cured(here, "F25 embedded", "the embedded runner", told, poisoned, wrong)

    with here.settings(RAKIT_FAULT_LEASE=str(LEASE)), here.celery("redis"):
        with _poisoned(here):
            told, poisoned = _filed("F25 celery")
            until(lambda: _parked(poisoned))
            until(lambda: not _others_wait(poisoned), 60)
        wrong = [] if _parked(poisoned) else ["the poisoned effect was never given up"]
        yield _cured(here, "F25 celery", "a Celery worker", told, poisoned, wrong)


def _cured(here: World, among: str, who: str, told: dict[str, str], poisoned: str, wrong: list[str]) -> Row:
    """See that the others were delivered; then let an administrator try the parked one again."""
    row = _row(poisoned)
    wrong = [
        *wrong,
        *([] if (row.state, row.reason) == ("failed", "stopped") else [f"parked as {row.reason!r}"]),
    ]
    wrong += ["others still wait behind it"] if _others_wait(poisoned) else []
    admin = here.browser(here.person("administrator"))
    page = admin.get("/desk/deliveries/")
    wrong += [] if poisoned in page.text else ["the administrator's page does not show it"]
    answer = admin.post(page, "/desk/deliveries/retry/", only=str(row.pk))
    wrong += [] if answer.status == 200 else [f"trying again answered {answer.status}"]
    until(lambda: _row(poisoned).state == "done", 60)
    return here.judged(
        "F25",
        f"a mail that kills {who} each time, before {OTHERS} others; then tried again by one click",
        told=told,
        among=among,
        kills=TRIES,
        wrong=wrong,
        notes=[f"given up after {TRIES} tries, seen at /desk/deliveries/, delivered once cured"],
    )


@contextmanager
def _poisoned(here: World) -> Iterator[None]:
    mark = here.stack.folder / "poison"
    mark.touch()
    try:
        yield
    finally:
        mark.unlink()


def _filed(among: str) -> tuple[dict[str, str], str]:
    """File the poisoned application and then others; return all of them, and the reference of the first."""
    name = f"{among} poison"
    with scope.use(count.city()):
        reference = count.file(name, email=f"{POISON}-{uuid.uuid4().hex}@contoh.id")
    return {name: reference} | count.fill(OTHERS, among), reference


def _row(reference: str) -> EffectRun:
    with scope.everywhere(count.WHY):
        found: EffectRun = EffectRun.objects.get(payload__tokens__reference=reference)
    connections.close_all()
    return found


def _others_wait(poisoned: str) -> bool:
    row = _row(poisoned)
    with scope.everywhere(count.WHY):
        waiting = EffectRun.objects.filter(state__in=count.OPEN).exclude(pk=row.pk).exists()
    connections.close_all()
    return bool(waiting)


def _parked(reference: str) -> bool:
    return _row(reference).state == "failed"
