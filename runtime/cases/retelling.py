"""The promised times of a case told anew from its events, by a calendar. Reads and writes no rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from runtime.cases.models import Case, CaseEvent
from runtime.regions.worktime import Calendar
from runtime.workflow import clocks
from runtime.workflow.clocks import Since, Step
from schemas.definition import Duration, Module

Times = tuple[datetime | None, datetime | None]


def promised(case: Case, module: Module, events: Sequence[CaseEvent], works: Calendar) -> Times:
    """Return until when the case's status and the whole service are promised; see `clocks.after`.

    A case whose events speak of statuses that its module does not have keeps the times it has.
    """
    known = {status.key for status in module.workflow.statuses}
    if not events or not {event.to_status for event in events} <= known:
        return case.due_at, case.deadline_at
    since = Since(case.submitted_at)
    for event in events:
        step = Step(event.from_status, event.to_status, _extensions(module, event))
        since = clocks.after(module, step, since, event.at, works)
    return since.due, since.deadline


def _extensions(module: Module, event: CaseEvent) -> tuple[Duration, ...]:
    action = module.workflow.action(event.action)
    changes = action.changes if action and not event.data.get("outcome") else ()
    return tuple(change.by for change in changes if change.type == "extend" and change.by)
