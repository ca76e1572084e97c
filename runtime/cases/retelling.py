"""The promised times of a case told anew from its events, by a calendar. Reads and writes no rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from runtime.cases import versions
from runtime.cases.models import Case, CaseEvent
from runtime.regions.worktime import Calendar
from runtime.workflow import clocks
from runtime.workflow.moving import timing
from schemas.definition import Module

Times = tuple[datetime | None, datetime | None]


def promised(case: Case, module: Module, events: Sequence[CaseEvent], works: Calendar) -> Times:
    """Return until when the case's status and the whole service are promised; see `clocks.after`.

    A case whose events speak of statuses that its module does not have keeps the times it has.
    """
    steps, past = versions.steps(case, events)
    whole = timing.with_past(module, past)
    known = {status.key for status in whole.workflow.statuses}
    if not steps or not {step.to_status for step, _at in steps} <= known:
        return case.due_at, case.deadline_at
    since = clocks.retold(whole, steps, case.submitted_at, works)
    return since.due, since.deadline
