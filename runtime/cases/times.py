"""The moments of a case: since when it stands where, until when, when the clock strikes next."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from runtime.cases.models import Case
from runtime.regions import calendar
from runtime.regions.models import Region
from runtime.workflow import clocks
from runtime.workflow.clocks import Since, Step, Strike
from runtime.workflow.values import Decision
from schemas.definition import Module


def changed(
    case: Case, module: Module, decision: Decision, now: datetime, *, office: Region | None
) -> dict[str, Any]:
    """Return the columns about place and time that the decision changes; `case` is as it was before.

    `office` is the case's own after the decision: its hours count.
    """
    if not decision.moved and not decision.extend:
        return {}
    works = calendar.of(case.region, office)
    before = Since(case.status_since, case.due_at, case.deadline_at) if case.pk else Since(now)
    step = Step(decision.from_status, decision.to_status, decision.extend)
    since = clocks.after(module, step, before, now, works)
    timed = clocks.timers(module.workflow.status(decision.to_status), module)
    # The earliest, even if it is over: the clock knows by their keys what it has done, and an extension
    # while it was late, or one that was not enough, must lose nothing.
    first = next((one.at for one in clocks.strikes(timed, since, works)), None)
    values = {"due_at": since.due, "deadline_at": since.deadline, "timer_at": first}
    return values | (_moved(case, module, decision, now) if decision.moved else {})


def strikes(case: Case, module: Module) -> list[Strike]:
    """Return when the clock fires which action in the case's status, earliest first."""
    status = module.workflow.status(case.status)
    since = Since(case.status_since, case.due_at, case.deadline_at)
    return clocks.strikes(clocks.timers(status, module), since, calendar.of(case.region, case.office))


def _moved(case: Case, module: Module, decision: Decision, now: datetime) -> dict[str, Any]:
    ends = now if module.workflow.status(decision.to_status).kind == "final" else None
    return {
        "status": decision.to_status,
        "entered": case.revision + 1 if case.pk else 1,
        "status_since": now,
        "outcome": (decision.outcome or "") if ends else "",
        "closed_at": ends,
    }
