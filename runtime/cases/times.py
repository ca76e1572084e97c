"""The moments of a case: since when it stands where, until when, when the clock strikes next."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from runtime.cases.models import Case
from runtime.regions import calendar
from runtime.regions.models import Region
from runtime.regions.worktime import Calendar
from runtime.workflow import clocks
from runtime.workflow.clocks import Since, Strike
from runtime.workflow.values import Decision
from schemas.definition import Module


def changed(
    case: Case, module: Module, decision: Decision, now: datetime, *, office: Region | None
) -> dict[str, Any]:
    """Return the columns about place and time that the decision changes; `case` is as it was before.

    `office` is the case's own after the decision: its hours count.
    """
    works = calendar.of(case.region, office)
    deadline = _deadline(case, module, decision, now, works)
    if decision.moved:
        return _moved(case, module, decision, now, works) | {"deadline_at": deadline}
    if not decision.extend:
        return {}
    due = case.due_at
    for more in decision.extend:
        due = works.after(due, more) if due else None
    since = Since(case.status_since, due, deadline)
    return {"due_at": due, "deadline_at": deadline, "timer_at": _next(case.status, module, since, works, now)}


def strikes(case: Case, module: Module) -> list[Strike]:
    """Return when the clock fires which action in the case's status, earliest first."""
    status = module.workflow.status(case.status)
    since = Since(case.status_since, case.due_at, case.deadline_at)
    return clocks.strikes(clocks.timers(status, module), since, calendar.of(case.region, case.office))


def _moved(case: Case, module: Module, decision: Decision, now: datetime, works: Calendar) -> dict[str, Any]:
    status = module.workflow.status(decision.to_status)
    ends = now if status.kind == "final" else None
    due = works.after(now, decision.due) if decision.due else None
    since = Since(now, due, _deadline(case, module, decision, now, works))
    first = clocks.strikes(decision.timers, since, works)
    return {
        "status": decision.to_status,
        "entered": case.revision + 1 if case.pk else 1,
        "status_since": now,
        "due_at": due,
        "timer_at": first[0].at if first else None,
        "outcome": (decision.outcome or "") if ends else "",
        "closed_at": ends,
    }


def _deadline(
    case: Case, module: Module, decision: Decision, now: datetime, works: Calendar
) -> datetime | None:
    """Return until when the whole service is promised after the decision.

    It is counted from filing, stands still while the case waits for its applicant, and begins anew for
    a case that is opened again.
    """
    promise = module.workflow.deadline
    if promise is None:
        return None
    if not decision.from_status or case.deadline_at is None:
        return clocks.promised(module, now, works)
    before, deadline = module.workflow.status(decision.from_status).kind, case.deadline_at
    if before == "final" and decision.moved:
        return clocks.promised(module, now, works)
    if before == "applicant" and decision.moved:
        deadline = clocks.resumed(
            deadline, promise.within, stood_from=case.status_since, until=now, calendar=works
        )
    for more in decision.extend:
        deadline = works.after(deadline, more)
    return deadline


def _next(status: str, module: Module, since: Since, works: Calendar, now: datetime) -> datetime | None:
    timed = clocks.timers(module.workflow.status(status), module)
    return next((one.at for one in clocks.strikes(timed, since, works) if one.at > now), None)
