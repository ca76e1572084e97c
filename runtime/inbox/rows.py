"""One line of the list of work, put into words: of a task that waits, or of a case that is watched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from runtime.cases.selectors import Case, Task
from runtime.inbox import bulk, capacities, deadline
from runtime.inbox.access import Officer
from runtime.inbox.deadline import Due
from schemas.definition import Module


@dataclass(frozen=True, slots=True)
class Row:
    """One task in words, or a case that is watched: then `task` is 0, and `closed` when it has ended."""

    task: int
    seen: int
    bulk: bool
    reference: str
    applicant: str
    service: str
    step: str
    office: str
    due: Due | None
    corrected: bool = False
    written: bool = False
    capacity: str = ""
    closed: bool = False
    gives: bool = False
    counter: bool = False


def step_title(module: Module, task: Task, language: str) -> str:
    """Return what the task is called in its status."""
    status = module.workflow.status(task.status)
    rule = next((rule for rule in status.tasks if rule.key == task.key), None)
    return (rule.title if rule and rule.title else status.title).say(language)


def of_task(officer: Officer, task: Task, module: Module, language: str, now: datetime) -> Row:
    """Return the row of a task."""
    return Row(
        task=task.pk,
        seen=task.case.revision,
        bulk=bulk.offered(module, task),
        reference=task.case.reference,
        applicant=task.case.applicant_name,
        service=module.title.say(language),
        step=step_title(module, task, language),
        office=task.office.name,
        due=deadline.due(task.due_at, now=now, region=officer.region),
        corrected=bool(getattr(task, "corrected", False)),
        written=bool(getattr(task, "written", False)),
        capacity=capacities.borne(officer.held, task.role, task.office_id, module.key, language),
        gives=_gives(officer, task),
        counter=task.case.channel == Case.Channel.DESK,
    )


def _gives(officer: Officer, task: Task) -> bool:
    """Tell whether the officer may give the task to somebody; the engine has the last word."""
    mine = any(one.post == (task.role, task.office_id) for one in officer.held)
    if officer.administers or (mine and task.claimed_by_id in (None, officer.user.pk)):
        return True
    return task.office_id in officer.headed


def of_case(officer: Officer, case: Case, module: Module, language: str, now: datetime) -> Row:
    """Return the row of a case, whosever turn it is."""
    closed = case.closed_at is not None
    return Row(
        task=0,
        seen=case.revision,
        bulk=False,
        reference=case.reference,
        applicant=case.applicant_name,
        service=module.title.say(language),
        step=module.workflow.status(case.status).title.say(language),
        office=(case.office or case.region).name,
        due=None if closed else deadline.due(case.due_at, now=now, region=officer.region),
        closed=closed,
        counter=case.channel == Case.Channel.DESK,
    )
