"""The open tasks of a case as an officer sees them: whose hands they lie in, and what may be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from runtime.cases import selectors as cases
from runtime.cases.selectors import Case, Task
from runtime.inbox.access import Officer
from runtime.inbox.rows import step_title
from runtime.regions.models import User
from runtime.workflow import engine
from runtime.workflow.values import Command, Decision
from schemas.definition import Module


@dataclass(frozen=True, slots=True)
class Line:
    """An open task. `holder` is empty while it is free; the rest says what the officer may do with it."""

    id: int
    title: str
    office: str
    holder: str
    mine: bool
    takes: bool
    gives_back: bool
    hands_on: bool


def lines(officer: Officer, case: Case, module: Module, *, language: str, now: datetime) -> tuple[Line, ...]:
    """Return the open tasks of the case that concern the officer, each with what they may do about it.

    Of the free seats of a vote one is enough, and none for whoever has one or has voted.
    """
    snapshot, actor = cases.snapshot(case), cases.officer(case, officer.user, now)
    rows = case.tasks.filter(closed_at__isnull=True).select_related("office", "claimed_by").order_by("pk")

    def may(task: Task, verb: str, person: int | None = None) -> bool:
        return isinstance(
            engine.decide(module, snapshot, Command(verb, task=task.pk, person=person), actor, now=now),
            Decision,
        )

    free: set[tuple[str, int]] = set()
    found = []
    for task in rows:
        takes = task.claimed_by_id is None and may(task, "task:claim")
        gives = may(task, "task:reassign", -1)
        if task.claimed_by_id is None and ((task.key, task.office_id) in free or not (takes or gives)):
            continue
        free |= {(task.key, task.office_id)} if task.claimed_by_id is None else set()
        found.append(
            Line(
                id=task.pk,
                title=step_title(module, task, language),
                office=task.office.name,
                holder=name(task.claimed_by) if task.claimed_by else "",
                mine=task.claimed_by_id == officer.user.pk,
                takes=takes,
                gives_back=may(task, "task:release"),
                hands_on=gives or may(task, "task:delegate", -1),
            )
        )
    return tuple(found)


def verb(officer: Officer, case: Case, module: Module, task: Task, now: datetime) -> str:
    """Return in which way the officer may hand the task to a colleague; empty when in none."""
    snapshot, actor = cases.snapshot(case), cases.officer(case, officer.user, now)
    for one in ("task:delegate", "task:reassign"):
        command = Command(one, task=task.pk, person=-1)
        if isinstance(engine.decide(module, snapshot, command, actor, now=now), Decision):
            return one
    return ""


def colleagues(case: Case, task: Task, now: datetime) -> list[tuple[int, str]]:
    """Return who else attends to the post of the task today."""
    found = cases.attending(case, task, now)
    return [(user.pk, name(user)) for user in found if user.pk != task.claimed_by_id]


def name(user: User) -> str:
    """Return what somebody is called on the desk."""
    return user.get_full_name() or user.get_username()
