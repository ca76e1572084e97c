"""Tasks that somebody took on who is away, has left or no longer stands in: they bar nobody's way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from runtime.cases import chain, selectors
from runtime.cases.abandoned import give_back
from runtime.cases.models import Case, CaseEvent, Task
from runtime.regions import appointing, scope
from runtime.regions.models import Substitution, User
from tests import factories
from tests.runtime.conftest import Village

LONG: dict[str, Any] = {"from_on": "2020-01-01", "until_on": "2030-01-01"}


def waiting(desk: Village) -> str:
    reference = desk.submit().reference
    desk.forward(reference)
    return reference


def taken(desk: Village, reference: str, user: User) -> Task:
    task: Task = Task.objects.get(case__reference=reference, closed_at=None)
    desk.perform(reference, "task:claim", user, task=task.pk)
    return task


def listed(desk: Village, user: User) -> list[int]:
    return [task.pk for task in selectors.work(desk.region, user)]


def ended(desk: Village, row: Substitution) -> None:
    appointing.end(region=desk.region, substitution=row, by=None, now=desk.now)


def over(desk: Village, row: Substitution) -> None:
    Substitution.objects.filter(pk=row.pk).update(until_on=desk.now.date() - timedelta(days=1))


class TestAStandIn:
    def test_sees_and_does_what_whoever_is_away_has_taken_on(self, desk: Village) -> None:
        reference, deputy = waiting(desk), factories.staff("guard", desk.region, "wakil")
        task = taken(desk, reference, desk.head)
        factories.standin(deputy, "head", desk.office, desk.head, **LONG)
        assert listed(desk, deputy) == [task.pk]
        assert desk.perform(reference, "sign", deputy).case.status == "done"

    def test_sees_nothing_of_what_another_colleague_has_taken_on(self, desk: Village) -> None:
        reference, deputy = waiting(desk), factories.staff("guard", desk.region, "wakil")
        taken(desk, reference, factories.staff("head", desk.office, "kedua"))
        factories.standin(deputy, "head", desk.office, desk.head, **LONG)
        assert listed(desk, deputy) == []

    @pytest.mark.parametrize("way", [ended, over])
    def test_leaves_what_they_had_taken_on_to_the_post(
        self, desk: Village, way: Callable[[Village, Substitution], None]
    ) -> None:
        reference, deputy = waiting(desk), factories.staff("guard", desk.region, "wakil")
        row = factories.standin(deputy, "head", desk.office, desk.head, **LONG)
        task = taken(desk, reference, deputy)
        assert give_back(desk.now) == 0
        way(desk, row)
        with scope.everywhere("as the clock does"):
            assert [give_back(desk.now), give_back(desk.now)] == [1, 0]
        assert listed(desk, desk.head) == [task.pk]
        event = CaseEvent.objects.get(action="task:release")
        assert (event.by, chain.verify(Case.objects.get())) == ("system", [])
        assert "tidak lagi menangani" in selectors.timeline(event.case, "id")[-1].title
        assert desk.perform(reference, "sign", desk.head).case.status == "done"


class TestWhoeverHasLeft:
    @pytest.mark.parametrize("gone", ["role", "account"])
    def test_leaves_what_they_had_taken_on_to_colleagues(self, desk: Village, gone: str) -> None:
        reference, second = waiting(desk), factories.staff("head", desk.office, "kedua")
        task = taken(desk, reference, desk.head)
        if gone == "role":
            desk.head.memberships.all().delete()
        else:
            User.objects.filter(pk=desk.head.pk).update(is_active=False)
        assert listed(desk, second) == []
        assert give_back(desk.now) == 1
        assert listed(desk, second) == [task.pk]

    def test_may_take_it_on_and_leave_again(self, desk: Village) -> None:
        reference = waiting(desk)
        for _time in range(2):
            post = factories.member(second := factories.person(), "head", desk.office)
            taken(desk, reference, second)
            post.delete()
            assert give_back(desk.now) == 1
        assert CaseEvent.objects.filter(action="task:release").count() == 2
