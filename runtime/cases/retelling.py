"""The promised times of a case told anew from its events, by a calendar. Reads and writes no rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from runtime.cases.models import Case, CaseEvent
from runtime.regions.worktime import Calendar
from runtime.workflow import clocks
from schemas.definition import Duration, Module

Times = tuple[datetime | None, datetime | None]


def promised(case: Case, module: Module, events: Sequence[CaseEvent], works: Calendar) -> Times:
    """Return until when the case's status and the whole service are promised; see `times.changed`.

    A case whose events speak of statuses that its module does not have keeps the times it has.
    """
    known = {status.key for status in module.workflow.statuses}
    if not events or not {event.to_status for event in events} <= known:
        return case.due_at, case.deadline_at
    due: datetime | None = None
    deadline: datetime | None = None
    since = case.submitted_at
    for event in events:
        more = _extensions(module, event)
        if event.from_status == event.to_status:
            due = _extended(due, more, works)
        else:
            deadline = _carried(module, event, since, deadline, works)
            limit = module.workflow.status(event.to_status).due
            due, since = works.after(event.at, limit) if limit else None, event.at
        deadline = _extended(deadline, more, works)
    return due, deadline


def _carried(
    module: Module, event: CaseEvent, since: datetime, deadline: datetime | None, works: Calendar
) -> datetime | None:
    """Return the promise after a move: it begins with filing and again after an end, and stands still
    with the applicant."""
    promise = module.workflow.deadline
    if promise is None:
        return None
    left = module.workflow.status(event.from_status).kind if event.from_status else "final"
    if left == "final" or deadline is None:
        return clocks.promised(module, event.at, works)
    if left == "applicant":
        return clocks.resumed(deadline, promise.within, stood_from=since, until=event.at, calendar=works)
    return deadline


def _extensions(module: Module, event: CaseEvent) -> list[Duration]:
    action = module.workflow.action(event.action)
    changes = action.changes if action and not event.data.get("outcome") else ()
    return [change.by for change in changes if change.type == "extend" and change.by]


def _extended(moment: datetime | None, more: Iterable[Duration], works: Calendar) -> datetime | None:
    for duration in more:
        moment = works.after(moment, duration) if moment else None
    return moment
