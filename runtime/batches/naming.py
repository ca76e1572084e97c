"""Which tasks a command on many may name, and why one is not for it. Reads only."""

from __future__ import annotations

from runtime.cases import many
from runtime.cases import selectors as cases
from runtime.cases.selectors import Task
from runtime.modules import selectors as modules
from runtime.regions import selectors as regions
from runtime.regions.models import Region, User
from runtime.workflow.handing import BY_HEADS
from schemas.definition import Action


def may(action: Action) -> bool:
    """Tell whether many cases can be done so at once."""
    return action.bulk and action.alike


def named(region: Region, user: User, action: str, module: str, pk: int) -> tuple[Task | None, str]:
    """Return the task, if it is the user's to know of, and why the command is not for it, if so.

    Whoever gives anybody's tasks away knows of every open one there; an officer knows of the cases in which
    they have a part.
    """
    task = many.task(region, pk)
    if task is None:
        return None, "no_such_task"
    if not _knows_of(task, user, action):
        return None, "wrong_role"
    if task.closed_at is not None:
        return task, "no_task"
    if module and task.case.version.key != module:
        return task, "other_service"
    return task, "" if _in_bulk(task, action) else "one_by_one"


def fitting(task: Task, user: User, action: str) -> str:
    """Return how the user does `action` with this task: where a head is none, they hand on as all do."""
    charge = regions.in_charge(task.region, user, task.office_id, task.case.version.key)
    return "task:delegate" if action == "task:reassign" and not charge else action


def _knows_of(task: Task, user: User, action: str) -> bool:
    if action in BY_HEADS and regions.in_charge(task.region, user, task.office_id, task.case.version.key):
        return True
    return cases.case_for_officer(task.region, user, task.case.reference) is not None


def _in_bulk(task: Task, key: str) -> bool:
    """Tell whether the case's own version lets the action be done on many cases; asked without one, yes."""
    action = modules.definition(task.case.version).workflow.action(key)
    return action is None or may(action)
