"""The tasks of a case as rows: opened in an office, given to a person, settled, handed to the office above.

Called by `writing` inside its transaction, which holds the case. A task that is opened goes to the
nearest office in which somebody holds its role; nobody holding it anywhere is no reason to lose the
case: it then waits where it looked first, for whoever is given the role there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from runtime.cases import offices, posts, statements
from runtime.cases.assigning import Acted, Assigning
from runtime.cases.models import Case, Task
from runtime.cases.outcomes import Refused
from runtime.regions import calendar
from runtime.regions import selectors as regions
from runtime.workflow.values import ActionRefused, Decision, Handed, Opening, OpenTask
from schemas.definition import Module


@dataclass(frozen=True, slots=True)
class Moved:
    """A task that went to the office above."""

    task: OpenTask
    office_id: int
    seat: int


def opened(case: Case, decision: Decision, now: datetime) -> list[Task]:
    """Return rows for the tasks that open, each still in the office from which upward it looks."""
    return [_row(case, decision, opening, now) for opening in decision.opened]


def whose(tasks: Sequence[Task], module: Module, now: datetime) -> list[posts.Statement]:
    """Return the questions for the office in which each task finds somebody."""
    return [posts.nearest(t.region, t.role, t.office, now=now, module=module.key) for t in tasks]


def place(
    case: Case,
    module: Module,
    decision: Decision,
    tasks: list[Task],
    found: Sequence[statements.Result],
    acted: Acted,
) -> list[Task]:
    """Put each task into the office that was found and into the hands of whom it is for.

    Raises `Refused` when a person was chosen who does not hold the role there, or may not do the task.
    """
    taken: set[tuple[str, int, int]] = set()
    hands = Assigning(case, module, module.workflow.status(decision.to_status), acted)
    for task, opening, result in zip(tasks, decision.opened, found, strict=True):
        if result.rows:
            task.office_id = result.rows[0][0]
        while (task.key, task.office_id, task.seat) in taken:
            task.seat += 1
        taken.add((task.key, task.office_id, task.seat))
        task.claimed_by_id = hands.person(task, opening)
    return tasks


def settle(case: Case, decision: Decision, *, by: int | None, instead_of: int | None, now: datetime) -> None:
    """Write how the task was decided, beside the row's end that `statements.closing` writes."""
    settled = decision.settled
    assert settled is not None, "only decided tasks are settled"
    Task.objects.filter(case=case, pk=settled.task.id, closed_at__isnull=True).update(
        outcome=settled.outcome.key,
        answers=dict(settled.answers),
        closed_at=now,
        closed_by=by,
        closed_for=instead_of,
    )


def hand(case: Case, handed: Handed, now: datetime) -> None:
    """Give an open task to a person, or to nobody; raise `Refused` when they do not hold its role there."""
    task = Task.objects.get(case=case, pk=handed.task.id)
    if handed.to is not None and handed.to not in offices.attending(case, task.role, [task.office_id], now):
        raise Refused(ActionRefused("person_unfit", {"task": task.key}))
    Task.objects.filter(case=case, pk=task.pk).update(claimed_by=handed.to)


def escalate(case: Case, module: Module, tasks: Sequence[OpenTask], now: datetime) -> list[Moved]:
    """Hand open tasks to the next office above in which somebody holds the role; those at the top stay."""
    moved: list[Moved] = []
    seats = {(task.key, task.office_id, task.seat) for task in tasks}
    for task in tasks:
        above = _above(case, module, task, now)
        if above is None:
            continue
        seats.discard((task.key, task.office_id, task.seat))
        seat = task.seat
        while (task.key, above, seat) in seats:
            seat += 1
        seats.add((task.key, above, seat))
        Task.objects.filter(case=case, pk=task.id).update(office=above, seat=seat, claimed_by=None)
        moved.append(Moved(task, above, seat))
    return moved


def _row(case: Case, decision: Decision, opening: Opening, now: datetime) -> Task:
    rule, region = opening.rule, case.region
    answers = {**decision.answers, **decision.officer_answers}
    base = regions.office_by_key(region, opening.office) if opening.office else None
    base = base or offices.base_of(rule.where, region=region, office=case.office, answers=answers)
    due = calendar.due_at(now, rule.due, region, base) if rule.due else case.due_at
    return Task(
        region=region,
        case=case,
        office=base,
        key=rule.key,
        role=rule.role,
        seat=opening.seat,
        status=decision.to_status,
        entered=case.entered,
        opened_at=now,
        due_at=due,
    )


def _above(case: Case, module: Module, task: OpenTask, now: datetime) -> int | None:
    office = next((one for one in regions.workplaces(case.region) if one.pk == task.office_id), None)
    if office is None or office.pk == case.region_id or office.parent is None:
        return None
    (found,) = statements.together(
        posts.nearest(case.region, task.role, office.parent, now=now, module=module.key)
    )
    return found.rows[0][0] if found.rows else None
