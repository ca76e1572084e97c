"""When the clock fires what: the moments of timed actions, and the promise that stands still. Pure.

Source of the promise that stands still: W§4.4; a service counts its working days only while the case is
with the offices (UU 30/2014 art. 53 counts from the complete application).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from runtime.regions.worktime import Calendar
from runtime.workflow.values import Decision, Timer
from schemas.definition import Duration, Module, Status


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


def promised(module: Module, filed: datetime, calendar: Calendar) -> datetime | None:
    """Return until when the whole service is promised to a case that was filed then."""
    deadline = module.workflow.deadline
    return calendar.after(filed, deadline.within) if deadline else None


def after(module: Module, decision: Decision, before: Since, now: datetime, calendar: Calendar) -> Since:
    """Return what clocks count from once `decision` is taken at `now`."""
    deadline = _deadline(module, decision, before, now, calendar)
    if decision.moved:
        return Since(now, calendar.after(now, decision.due) if decision.due else None, deadline)
    due = before.due
    for more in decision.extend:
        due = calendar.after(due, more) if due else None
    return Since(before.entered, due, deadline)


def _deadline(
    module: Module, decision: Decision, before: Since, now: datetime, calendar: Calendar
) -> datetime | None:
    """Return until when the whole service is promised after the decision.

    It is counted from filing, stands still while the case waits for its applicant, and begins anew for
    a case that is opened again.
    """
    promise, deadline = module.workflow.deadline, before.deadline
    if promise is None:
        return None
    if not decision.from_status or deadline is None:
        return promised(module, now, calendar)
    left = module.workflow.status(decision.from_status).kind if decision.moved else ""
    if left == "final":
        return promised(module, now, calendar)
    if left == "applicant":
        deadline = resumed(deadline, promise.within, stood_from=before.entered, until=now, calendar=calendar)
    for more in decision.extend:
        deadline = calendar.after(deadline, more)
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
