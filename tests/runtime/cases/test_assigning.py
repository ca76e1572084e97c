"""Into whose hands a task goes by itself, and who is never given one."""

from __future__ import annotations

import json
from typing import Any

import pytest

from runtime.cases import chain, selectors
from runtime.cases.models import Case, Task
from runtime.cases.outcomes import Refused
from runtime.modules import selectors as modules
from runtime.regions import scope
from runtime.regions.models import Membership, Region, User
from tests import factories
from tests.runtime import committee, permit
from tests.runtime.board import Committee, assemble
from tests.runtime.conftest import Village

DATES: dict[str, Any] = {"from_on": "2020-01-01", "until_on": "2030-01-01"}


def publish(desk: Village, assign: str, *, seats: int = 1, separate: bool = False, ask: bool = False) -> None:
    """Let the heads of the permit vote, each with a task of their own."""
    document = permit.document()
    workflow = document["workflow"]
    status = next(one for one in workflow["statuses"] if one["key"] == "sign")
    status["tasks"] = [
        {
            "key": "vote",
            "title": permit.text("Suara"),
            "role": "head",
            "seats": seats,
            "assign": assign,
            "outcomes": [
                {"key": "yes", "title": permit.text("Ya"), "counts": "for"},
                {"key": "no", "title": permit.text("Tidak"), "counts": "against"},
            ],
        }
    ]
    status["complete"] = [{"if": "all_for", "do": "agreed"}, {"if": "any_against", "do": "denied"}]
    workflow["actions"] = [one for one in workflow["actions"] if one["key"] not in ("sign", "refuse")]
    workflow["actions"] += [
        {"key": key, "title": permit.text(key), "from": ["sign"], "to": to, "who": "system"}
        for key, to in (("agreed", "done"), ("denied", "refused"))
    ]
    if ask:
        next(one for one in workflow["actions"] if one["key"] == "forward")["ask"]["person"] = "vote"
    if separate:
        workflow["separate"] = [["forward", "vote"]]
    del workflow["registers"]
    desk.version = factories.installed(desk.region, json.dumps(document), 2).version


def given(desk: Village, **changes: Any) -> list[User | None]:
    """Return in whose hands the votes lie of a case that was just forwarded."""
    reference = desk.submit(**changes).reference
    desk.forward(reference)
    assert chain.verify(Case.objects.get(reference=reference)) == []
    tasks = Task.objects.filter(case__reference=reference, key="vote").order_by("seat")
    return [task.claimed_by for task in tasks.select_related("claimed_by")]


@pytest.fixture
def second(desk: Village) -> User:
    return factories.staff("head", desk.office, "kedua")


class TestSeats:
    def test_of_one_task_go_to_different_people(self, desk: Village, second: User) -> None:
        publish(desk, "least_loaded", seats=3)
        assert given(desk) == [desk.head, second, None]

    def test_are_given_to_whoever_has_less_to_do(self, desk: Village, second: User) -> None:
        publish(desk, "least_loaded")
        assert [*given(desk), *given(desk), *given(desk)] == [desk.head, second, desk.head]

    def test_are_free_where_nobody_holds_the_role(self, desk: Village) -> None:
        publish(desk, "least_loaded", seats=2)
        desk.head.memberships.all().delete()
        assert given(desk) == [None, None]


class TestNobodyIsGiven:
    def test_their_own_case(self, desk: Village, second: User) -> None:
        publish(desk, "least_loaded")
        assert given(desk, applicant=desk.head) == [second]

    def test_the_case_of_whom_they_stand_in_for(self, desk: Village) -> None:
        publish(desk, "least_loaded")
        factories.standin(desk.clerk, "head", desk.office, desk.head, **DATES)
        assert given(desk) == [desk.clerk]
        assert given(desk, applicant=desk.head) == [None]

    def test_what_another_person_has_to_do(self, desk: Village) -> None:
        publish(desk, "least_loaded", separate=True)
        factories.member(desk.clerk, "head", desk.office)
        assert given(desk) == [desk.head]
        desk.head.memberships.all().delete()
        assert given(desk) == [None]

    def test_what_another_person_has_to_do_by_choice(self, desk: Village) -> None:
        publish(desk, "chosen", separate=True, ask=True)
        factories.member(desk.clerk, "head", desk.office)
        reference = desk.submit(applicant=desk.head).reference
        for person in (desk.clerk, desk.head):
            with pytest.raises(Refused) as refused:
                desk.forward(reference, person=person.pk)
            assert refused.value.refused.reason == "person_unfit"
        case = Case.objects.select_related("region", "version", "office").get(reference=reference)
        (rule,) = modules.definition(case.version).workflow.status("sign").tasks
        assert list(selectors.candidates(case, rule, desk.now)) == [desk.clerk]

    def test_their_own_case_by_a_colleague(self, desk: Village, second: User) -> None:
        reference = desk.submit(applicant=second).reference
        desk.forward(reference)
        task = Task.objects.get(closed_at=None)
        with pytest.raises(Refused) as refused:
            desk.perform(reference, "task:delegate", desk.head, task=task.pk, person=second.pk)
        assert refused.value.refused.reason == "person_unfit"


class TestPanel:
    """A task that is given to a person as it opens is one that this person can do."""

    def panel(self, region: Region, assign: str, **workflow: Any) -> Committee:
        document = json.loads(committee.as_text())
        found = (t for s in document["workflow"]["statuses"] for t in s.get("tasks", ()))
        next(task for task in found if task["key"] == "suara")["assign"] = assign
        document["workflow"].update(workflow)
        return assemble(region, json.dumps(document))

    def held(self, reference: str) -> list[User | None]:
        tasks = Task.objects.filter(case__reference=reference, key="suara", closed_at__isnull=True)
        return [task.claimed_by for task in tasks.order_by("seat")]

    def test_gives_each_seat_of_a_panel_to_another_member(self, tangerang: Region) -> None:
        with scope.use(tangerang):
            board = self.panel(tangerang, "least_loaded")
            reference = board.sitting()
            assert self.held(reference) == board.members[:3]
            for member in board.members[:2]:
                done = board.do(reference, "suara", member, outcome="setuju")
            assert done.case.status == "penetapan"

    def test_leaves_the_seats_free_for_which_there_is_nobody(self, tangerang: Region) -> None:
        with scope.use(tangerang):
            board = self.panel(tangerang, "least_loaded")
            for member in board.members[1:]:
                Membership.objects.filter(user=member).delete()
            assert self.held(board.sitting()) == [board.members[0], None, None]

    def test_passes_over_whoever_may_not_do_it_as_well(self, tangerang: Region) -> None:
        with scope.use(tangerang):
            board = self.panel(tangerang, "least_loaded", separate=[["minta_saran", "suara"]])
            factories.member(board.clerk, "panitia", tangerang)
            reference = board.sitting()
            assert board.clerk.pk < board.members[0].pk
            assert self.held(reference) == board.members[:3]

    def test_passes_over_the_applicant(self, tangerang: Region) -> None:
        with scope.use(tangerang):
            board = self.panel(tangerang, "least_loaded")
            reference = board.file()
            Case.objects.filter(reference=reference).update(applicant=board.members[0])
            rows = [{"kantor": agency.key} for agency in board.agencies]
            board.do(reference, "minta_saran", board.clerk, answers={"instansi": rows})
            for adviser in board.advisers:
                board.do(reference, "saran", adviser, outcome="setuju")
            assert self.held(reference) == board.members[1:]
