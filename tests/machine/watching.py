"""What must hold of every case after every step, worked out anew from its events and its service.

Each rule is written here a second time, in the plainest way, and not asked of the code it watches.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from runtime.cases import chain, recalculating
from runtime.cases.models import Case, CaseEvent, Correction, RegisterCounter, Task
from runtime.effects.models import EffectRun
from runtime.regions import calendar
from runtime.regions.capacity import ADMINISTRATOR
from runtime.regions.models import Region
from runtime.workflow import engine
from runtime.workflow.values import Actor, Snapshot
from schemas.definition import Module, TaskRule
from tests.machine.world import HEAD

Events = Sequence[CaseEvent]
EARLIER = ("ingat_", "naik_", "lewat_")
"""The clocks of a status, by the beginnings of their keys, in the order of their moments."""


def faults(case: Case, module: Module, snapshot: Snapshot, actors: Sequence[Actor]) -> Iterator[str]:
    """Yield what is wrong with the case as it is stored."""
    events = list(CaseEvent.objects.filter(case=case).order_by("n"))
    tasks = list(Task.objects.filter(case=case, closed_at__isnull=True))
    yield from _standing(case, module, events)
    yield from (f"history: {broken}" for broken in chain.verify(case))
    yield from _tasks(case, module, events, tasks)
    yield from _people(case, module, events)
    yield from _clocks(module, events)
    yield from _effects(case, module, events)
    if not _goes_on(case, module, snapshot, actors):
        yield f"stuck in {case.status}"


def times(region: Region, now: datetime) -> Iterator[str]:
    """Yield what is promised otherwise than the events and the calendar say, and a clock that looks too late.

    It may look too early: at a promise of the whole service that it has spoken of in an earlier status.
    """
    for counted in recalculating._open_cases(region, calendar.shelf(region), now):
        case, next_ = counted.case, counted.timer_at
        if counted.promised_anew or counted.tasks:
            yield f"{case}: promised {case.due_at} and {case.deadline_at}, not as its events say"
        if next_ is not None and (case.timer_at is None or case.timer_at > next_):
            yield f"{case}: the clock looks at {case.timer_at} and not at {next_}"


def numbers(module: Module) -> Iterator[str]:
    """Yield numbers that were lost or given twice; the module is the only one that has cases."""
    taken = sum(counter.last for counter in RegisterCounter.objects.all())
    given = [_numbers(module, action) for action in CaseEvent.objects.values_list("action", flat=True)]
    if taken != sum(given):
        yield f"{taken} numbers were taken for {sum(given)}"


def _numbers(module: Module, key: str) -> int:
    action = module.workflow.action(key)
    return sum(change.type == "number" for change in action.changes) if action else 0


def _standing(case: Case, module: Module, events: Events) -> Iterator[str]:
    status = module.workflow.status(case.status)
    ended = status.kind == "final"
    if [event.n for event in events] != list(range(1, case.revision + 1)):
        yield f"revision {case.revision} with events {[event.n for event in events]}"
    for before, after in itertools.pairwise(events):
        if after.from_status != before.to_status or after.at < before.at:
            yield f"event {after.n} does not begin where {before.n} ended"
    if events[-1].to_status != case.status:
        yield f"in {case.status}, not {events[-1].to_status} as the last event says"
    if case.entered != _entry(events).n or case.status_since != _entry(events).at:
        yield "entered its status at another moment than its events say"
    if ended != (case.closed_at is not None) or (case.outcome or None) != status.outcome:
        yield f"closed at {case.closed_at} with outcome {case.outcome!r} in {case.status}"
    if ended and case.timer_at is not None:
        yield "a clock runs on after the end"
    waiting = Correction.objects.filter(case=case, answered_at=None, withdrawn_at=None).count()
    if waiting > (status.kind == "applicant"):
        yield f"{waiting} corrections wait in {case.status}"


def _entry(events: Events) -> CaseEvent:
    """Return the event that led to the present status."""
    return next(event for event in reversed(events) if event.from_status != event.to_status)


def _tasks(case: Case, module: Module, events: Events, tasks: Sequence[Task]) -> Iterator[str]:
    status, entry = module.workflow.status(case.status), _entry(events)
    here = [event for event in events if event.n > entry.n]
    wanted: Counter[str] = Counter()
    for rule in status.tasks if status.kind != "final" else ():
        done = {first.key: _left(first, here, case) for first in status.tasks if first.key in rule.after}
        if not any(done.values()):
            wanted[rule.key] = _left(rule, here, case)
    if Counter(task.key for task in tasks) != +wanted:
        yield f"open are {sorted(task.key for task in tasks)}, and should be {sorted(wanted.elements())}"
    if any(task.entered != entry.n or task.status != case.status for task in tasks):
        yield "a task of an earlier status is open"


def _left(rule: TaskRule, here: Events, case: Case) -> int:
    """Return how many decisions of the rule are still to come; `when` is always that the kind is a."""
    if rule.when is not None and case.answers.get("jenis") != "a":
        return 0
    decided = sum(event.action == rule.key and bool(event.data.get("outcome")) for event in here)
    return rule.seats - decided if rule.outcomes else 1


def _people(case: Case, module: Module, events: Events) -> Iterator[str]:
    """Nobody acts for whom they do not stand, decides their own case, or votes twice."""
    done: defaultdict[str, set[int]] = defaultdict(set)
    voted: set[tuple[int, str, int]] = set()
    entry = 0
    for event in events:
        entry = event.n if event.from_status != event.to_status else entry
        if event.by != "person":
            continue
        assert event.actor is not None
        if event.actor_id == case.applicant_id:
            yield f"{event.actor} decided their own case"
        if event.action == "task:reassign" and not _leads(event, case):
            yield f"{event.actor} gave away a task of an office they do not lead"
        if not event.action.startswith("task:") and not _holds(event):
            yield f"{event.actor} acted as {event.role}"
        if event.data.get("outcome"):
            vote = entry, event.action, event.actor_id
            if vote in voted:
                yield f"{event.actor} decided {event.action} twice"
            voted.add(vote)
        done[event.action] |= {one for one in (event.actor_id, event.on_behalf_of_id) if one is not None}
    for keys in module.workflow.separate:
        first, second = keys
        if done[first] & done[second]:
            yield f"one person did {first} and {second}"


def _holds(event: CaseEvent) -> bool:
    """Officers are named after their role; whoever stands in for another says so in the event."""
    assert event.actor is not None
    return event.actor.username.startswith(f"{event.role}-") or bool(event.as_kind)


def _leads(event: CaseEvent, case: Case) -> bool:
    """Heads are named after their office; whoever stands in for one says so. The region leads its village."""
    assert event.actor is not None
    _key, _seat, office, _person = event.data["handed"]
    known = {f"{HEAD}-{place}" for place in (office, case.region_id)}
    head = event.on_behalf_of or event.actor
    return event.role == ADMINISTRATOR or head.username in known


def _clocks(module: Module, events: Events) -> Iterator[str]:
    """A clock strikes once for what it counts from, and the rungs of a status in their order."""
    here: list[str] = []
    again: Counter[str] = Counter()
    for event in events:
        if event.from_status != event.to_status:
            here, again = [], Counter()
        action = module.workflow.action(event.action)
        if action is None or event.data.get("outcome"):
            continue
        if any(change.type == "extend" for change in action.changes):
            again.update(("due", "deadline"))
        if action.by_clock and event.by == "system":
            if here.count(action.key) > again[action.of]:
                yield f"{action.key} struck {here.count(action.key) + 1} times in one status"
            rank = [EARLIER.index(key[:6]) for key in (*here, action.key) if key[:6] in EARLIER]
            if rank != sorted(rank) and not again["due"]:
                yield f"clocks struck in the order {[*here, action.key]}"
            here.append(action.key)


def _effects(case: Case, module: Module, events: Events) -> Iterator[str]:
    """Each event has the notices to the applicant that its action asks for: none missing, none doubled."""
    rows = list(EffectRun.objects.filter(case_id=case.pk))
    if len({row.dedupe for row in rows}) != len(rows):
        yield "an effect stands twice in the outbox"
    found = Counter(row.event_n for row in rows if row.lane == "mail:applicant")
    wanted: Counter[int] = Counter()
    for event in events:
        action = module.workflow.action(event.action)
        decided = event.data.get("outcome") or action is None
        rules = module.workflow.filed if event.n == 1 else action.effects if action and not decided else ()
        wanted[event.n] = sum(rule.to.kind == "applicant" for rule in rules)
    if found != +wanted:
        yield f"notices to the applicant by event {dict(found)}, and should be {dict(+wanted)}"


def _goes_on(case: Case, module: Module, snapshot: Snapshot, actors: Sequence[Actor]) -> bool:
    """Tell whether somebody can act, or a clock will."""
    if case.closed_at is not None or case.timer_at is not None:
        return True
    applicant = Actor("applicant", case.applicant_id)
    return any(
        not one.refused
        for actor in (applicant, *actors)
        for one in (
            *engine.available(module, snapshot, actor, now=case.status_since),
            *engine.choices(module, snapshot, actor),
        )
    )
