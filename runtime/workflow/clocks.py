"""When the clock fires what: the moments of timed actions, and the promise that stands still. Pure.

Source of the promise that stands still: W§4.4; a service counts its working days only while the case is
with the offices (UU 30/2014 art. 53 counts from the complete application).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from runtime.regions.worktime import Calendar
from runtime.workflow.values import Timer
from schemas.definition import Action, Duration, Module, Status


@dataclass(frozen=True, slots=True)
class Since:
    """What clocks count from: entry into the status, its time limit, the promise of the service."""

    entered: datetime
    due: datetime | None = None
    deadline: datetime | None = None


@dataclass(frozen=True, slots=True)
class Strike:
    """An action that is to be fired, when, and what its time was counted from."""

    at: datetime
    action: str
    base: datetime
    of: str


def timers(status: Status, module: Module) -> tuple[Timer, ...]:
    """Return the timed actions of a status in the order of the document."""
    return tuple(
        Timer(action.key, action.after, action.before, action.of)
        for action in module.workflow.actions_from(status.key)
        if action.who.kind == "system" and action.by_clock
    )


def strikes(timed: Iterable[Timer], since: Since, calendar: Calendar) -> list[Strike]:
    """Return when which action is due, earliest first; of equal moments in the order of the document.

    What was due before the case came into its status is due at once, unless it was only to be said
    ahead of time: a warning that comes too late says nothing.
    """
    return sorted(_strikes(timed, since, calendar), key=lambda strike: strike.at)


def _strikes(timed: Iterable[Timer], since: Since, calendar: Calendar) -> Iterator[Strike]:
    for timer in timed:
        base: datetime | None = getattr(since, timer.of)
        if base is None:
            continue
        if timer.before is not None:
            at = calendar.before(base, timer.before)
            if at <= since.entered:
                continue
        else:
            assert timer.after is not None, "a timed action has one of the two"
            at = calendar.after(base, timer.after)
        yield Strike(max(at.astimezone(UTC), since.entered), timer.action, base, timer.of)


def may_be_late(action: Action, status: Status) -> bool:
    """Tell whether an action that comes before a time limit may find that less time than that is left.

    It then is left out. Only of a longer limit in the same unit, counted from the same entry, it is sure
    that the moment lies ahead.
    """
    if action.before is None:
        return False
    limit = status.due if action.of == "due" else None
    return limit is None or limit.unit != action.before.unit or limit.amount <= action.before.amount


@dataclass(frozen=True, slots=True)
class Step:
    """What of an event matters to clocks: from where (nowhere: filed) to where, and time that was added."""

    from_status: str
    to_status: str
    extend: tuple[Duration, ...] = ()

    @property
    def moved(self) -> bool:
        return self.from_status != self.to_status


def after(module: Module, step: Step, before: Since, at: datetime, calendar: Calendar) -> Since:
    """Return what clocks count from once `step` was taken at `at`."""
    deadline = _deadline(module, step, before, at, calendar)
    if step.moved:
        limit = module.workflow.status(step.to_status).due
        due, entered = calendar.after(at, limit) if limit else None, at
    else:
        due, entered = before.due, before.entered
    for more in step.extend:
        due = calendar.after(due, more) if due else None
        deadline = calendar.after(deadline, more) if deadline else None
    return Since(entered, due, deadline)


def retold(
    module: Module, steps: Iterable[tuple[Step, datetime]], filed_at: datetime, calendar: Calendar
) -> Since:
    """Return what clocks count from after `steps`, told from the filing on."""
    since = Since(filed_at)
    for step, at in steps:
        since = after(module, step, since, at, calendar)
    return since


def name(strike: Strike, entered: int) -> str:
    """Return the name under which an action is fired once: for this entry, or for this very promise.

    `entered` is the revision that led to the status.
    """
    match strike.of:
        case "entered":
            return f"clock:{strike.action}:{entered}"
        case "deadline":
            return f"clock:{strike.action}:deadline:{strike.base.isoformat()}"
    return f"clock:{strike.action}:{entered}:{strike.base.isoformat()}"


def _deadline(module: Module, step: Step, before: Since, at: datetime, calendar: Calendar) -> datetime | None:
    """Return until when the whole service is promised after the step, before time is added.

    It is counted from filing, stands still while the case waits for its applicant, and begins anew for
    a case that is opened again.
    """
    promise, deadline = module.workflow.deadline, before.deadline
    if promise is None or not step.moved:
        return deadline
    left = module.workflow.status(step.from_status).kind if step.from_status else "final"
    if left == "final" or deadline is None:
        return calendar.after(at, promise.within)
    if left == "applicant":
        return resumed(deadline, promise.within, stood_from=before.entered, until=at, calendar=calendar)
    return deadline


def resumed(
    deadline: datetime, within: Duration, *, stood_from: datetime, until: datetime, calendar: Calendar
) -> datetime:
    """Return the promise once the case is back with the offices, having stood still in between.

    A promise that was over when the clock stopped stays over.
    """
    if stood_from >= deadline:
        return deadline
    left = calendar.remaining(stood_from, deadline, within.unit)
    return calendar.resume(until, left)
