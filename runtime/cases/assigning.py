"""Into whose hands a task goes that opens: of whom was chosen, who has least to do, who had the case before.

Nobody is given what they may not do: the applicant, whoever did what another person's is to be, their
stand-ins, or whoever has another seat of the task. Where nobody is left it is free for all who hold the post.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Q

from runtime.cases import offices
from runtime.cases.models import Case, CaseEvent, Task
from runtime.cases.outcomes import Refused
from runtime.modules import selectors as modules
from runtime.regions import standins
from runtime.workflow import commenting, rights
from runtime.workflow.values import ActionRefused, Opening
from schemas.definition import Module, Status, TaskRule

Acted = Mapping[str, frozenset[int]]
"""Who did which of the actions and tasks that the workflow keeps apart, in person or by a substitute."""


@dataclass
class Assigning:
    """The hands of the tasks that one decision opens in `status`; `acted` has that decision in it."""

    case: Case
    module: Module
    status: Status
    acted: Acted
    given: list[tuple[str, int]] = field(default_factory=list)

    def person(self, task: Task, opening: Opening) -> int | None:
        """Return who gets the task at once, none when it is free; raise `Refused` for an unfit choice."""
        assign = opening.rule.assign
        if opening.person is None and assign not in ("least_loaded", "previous"):
            return None
        people = fit(self.case, self.module, self.status, task, self.acted, task.opened_at)
        if opening.person is not None and opening.person not in people:
            raise Refused(ActionRefused("person_unfit", {"task": task.key}))
        people = [one for one in people if (task.key, one) not in self.given]
        if opening.person is not None:
            found = opening.person if opening.person in people else None
        else:
            found = self._least_loaded(people) if assign == "least_loaded" else self._previous(task, people)
        if found is not None:
            self.given.append((task.key, found))
        return found

    def _least_loaded(self, people: list[int]) -> int | None:
        """Return who has the fewest open tasks in hand; of equals, who comes first by number."""
        held = Task.objects.filter(region=self.case.region, closed_at__isnull=True, claimed_by__in=people)
        loads = dict(held.order_by().values_list("claimed_by").annotate(Count("pk")))
        for _key, person in self.given:
            loads[person] = loads.get(person, 0) + 1
        return min(people, key=lambda user: (loads.get(user, 0), user), default=None)

    def _previous(self, task: Task, people: list[int]) -> int | None:
        """Return who acted last on the case in this role."""
        acted = CaseEvent.objects.filter(Q(role=task.role), case=self.case, actor__isnull=False)
        before = acted.exclude(action__in=commenting.VERBS).order_by("-n")
        return next((user for user in before.values_list("actor", flat=True) if user in people), None)


def candidates(case: Case, rule: TaskRule, acted: Acted, now: datetime) -> list[int]:
    """Return who can be given the task of `rule`, in the office it would go to, as ids."""
    answers, module = {**case.answers, **case.officer_answers}, modules.definition(case.version)
    base = offices.base_of(rule.where, region=case.region, office=case.office, answers=answers)
    office = offices.nearest(case, rule.role, base, now)
    if office is None:
        return []
    task = Task(key=rule.key, role=rule.role, office=office)
    status = next(one for one in module.workflow.statuses if rule in one.tasks)
    return fit(case, module, status, task, acted, now)


def fit(case: Case, module: Module, status: Status, task: Task, acted: Acted, now: datetime) -> list[int]:
    """Return who attends to the post of the task and may do it, as ids."""
    held = offices.attending(case, task.role, [task.office_id], now)
    apart = rights.apart(module, status, task.key, task.role)
    barred = {one for key in apart for one in acted.get(key, ())}
    if case.applicant_id is not None:
        barred.add(case.applicant_id)
    if barred:
        day, about = standins.today(case.region, now), module.key
        barred |= standins.instead_of(case.region, task.role, task.office_id, barred, on=day, module=about)
    return [one for one in held if one not in barred]
