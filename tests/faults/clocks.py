"""F13, F26: the clock jumps, on a leap day, in three time zones; the scheduler runs twice, or not at all."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connections
from django.utils import timezone

from runtime.cases import chain, services, timers
from runtime.cases.models import Case, CaseEvent
from runtime.effects.runner import Runner
from runtime.regions import scope
from runtime.regions.models import Region
from tests import factories
from tests.faults import count, forked
from tests.faults.table import Row
from tests.faults.world import World, until
from tests.runtime import permit

ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
SCHEDULERS, CASES = 4, 20
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def jumps(here: World) -> Iterator[Row]:
    """F13: a reminder falls due on 29 February in three time zones, and the clock jumps to and fro."""
    wrong, told, lost, doubled = [], 0, 0, 0
    with here.without_site():
        for zone, name in ZONES.items():
            region = factories.tenant(f"zona-{zone.lower()}", short_code=zone[:3], timezone=name, code="")
            case, found = _leap_day(region, ZoneInfo(name))
            wrong += [f"{zone}: {words}" for words in found]
            told += 1
            lost += not case["remind"]
            doubled += max(case["remind"] - 1, 0) + max(case["sign"] - 1, 0)
        connections.close_all()
    yield Row(
        "F13",
        "a reminder due on a leap day in WIB, WITA, WIT; clock a second early, a day back, a day on, twice",
        told=told,
        lost=lost,
        doubled=doubled,
        wrong=tuple(wrong),
        notes=(
            "fired once, on the second, where the region is; the history is in order whatever the clock says",
        ),
        database=here.database,
    )


def _leap_day(region: Region, zone: ZoneInfo) -> tuple[Counter[str], list[str]]:
    """Let a case live around 29 February; return how often each action took place, and what is wrong."""
    wrong: list[str] = []
    begun = datetime(2024, 2, 28, 9, 0, tzinfo=zone)
    version = factories.installed(region, permit.as_text()).version
    clerk, head = factories.staff("clerk", region), factories.staff("head", region)
    with scope.use(region):
        reference = services.submit_case(
            region=region,
            version=version,
            answers=permit.answers(name="F13"),
            language="id",
            submit_key=uuid.uuid4().hex,
            draft_token="",
            now=begun,
        ).reference
        given = {"region": region, "case_reference": reference}
        page = {"complete": True}
        services.perform(**given, action="forward", key="f", actor_user=clerk, now=begun, answers=page)
        due = Case.objects.get(reference=reference).timer_at
    if due != begun + DAY or due.astimezone(zone).day != 29:
        wrong.append(f"due at {due}")
    for moment, expected in ((due - SECOND, 0), (due, 1), (due, 0), (due - DAY, 0), (due + DAY, 0), (due, 0)):
        fired = timers.fire_timers(moment)
        wrong += [] if fired == expected else [f"{fired} fired at {moment - due} from the due moment"]
    with scope.use(region):
        services.perform(**given, action="sign", key="s", actor_user=head, now=begun - DAY)
        case = Case.objects.get(reference=reference)
        events = list(CaseEvent.objects.filter(case=case).order_by("n"))
        wrong += [str(broken) for broken in chain.verify(case)]
    if [event.n for event in events] != list(range(1, len(events) + 1)) or events[-1].action != "sign":
        wrong.append("events are not in the order they took place")
    return Counter(event.action for event in events), wrong


def twice_or_never(here: World) -> Iterator[Row]:
    """F26: the scheduler misses two nights; then four run at once, or two beats of Celery."""
    yield _fired(here, "F26", f"no scheduler for two nights, then {SCHEDULERS} at once")
    with here.celery("redis"):
        first = here.stack.worker
        here.stack.start_worker("second")
        second = here.stack.worker
        try:
            yield _fired(
                here, "F26 ", "no scheduler for two nights, then two workers with a beat each", own=False
            )
        finally:
            here.stack.worker = first
            here.stack.kill(second)  # type: ignore[arg-type]  # it runs


def _fired(here: World, among: str, did: str, *, own: bool = True) -> Row:
    ago = timezone.now() - timedelta(days=3)
    people = here.person("clerk"), here.person("head")
    cases = count.fill(CASES, f"{among}case", now=ago)
    if own:
        here.stack.stop()
    count.forward(people[0], cases.values(), now=ago + SECOND)
    schedulers = [forked.Forked(lambda: Runner().work()) for _ in range(SCHEDULERS)] if own else []
    until(lambda: len(reminded(cases)) == CASES)
    here.drained()
    for scheduler in schedulers:
        scheduler.kill()
    if own:
        here.stack.start()
    times = reminded(cases)
    row = here.judged("F26", did, told=cases, among=f"{among}case", kills=len(schedulers))
    twice = sum(max(n - 1, 0) for n in times.values())
    wrong = (*row.wrong, *([f"{twice} reminders fired twice"] if twice else []))
    return Row(
        "F26",
        f"{did}: {CASES} reminders",
        told=row.told,
        lost=row.lost + CASES - len(times),
        doubled=row.doubled + twice,
        wrong=wrong,
        notes=row.notes,
        database=here.database,
    )


def reminded(cases: dict[str, str]) -> Counter[str]:
    """Return how often each case was reminded of."""
    with scope.use(count.city()):
        events = CaseEvent.objects.filter(case__reference__in=cases.values(), action="remind")
        found = Counter(events.values_list("case__reference", flat=True))
    connections.close_all()
    return found
