"""Giving several tasks of the desk to one person."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from runtime.batches.models import Batch
from runtime.cases.models import CaseEvent, Task
from runtime.regions.models import User
from tests import factories
from tests.conftest import ClientOn
from tests.runtime.conftest import Village

GIVE = "/desk/bulk/give/"


def ticks(**which: object) -> list[str]:
    found = Task.objects.filter(closed_at=None, **which).select_related("case").order_by("pk")
    return [f"{task.pk}.{task.case.revision}" for task in found]


def give(client: Client, ticked: list[str], to: User, **more: str) -> str:
    given = {"t": ticked, "person": str(to.pk), "reason": "Pembagian", "key": str(uuid.uuid4()), **more}
    return client.post(GIVE, given, follow=True).content.decode()


@pytest.fixture
def colleague(desk: Village) -> User:
    """Another clerk of the office."""
    return factories.staff("clerk", desk.office, "loket2")


class TestGive:
    def test_puts_all_ticked_tasks_into_one_persons_hands(
        self, desk: Village, clerk_at: Client, colleague: User
    ) -> None:
        for _ in range(3):
            desk.submit()
        page = give(clerk_at, ticks(), colleague)
        assert "3 selesai" in page
        assert {task.claimed_by for task in Task.objects.all()} == {colleague}
        event = CaseEvent.objects.filter(action="task:delegate").first()
        assert event is not None
        assert (event.actor, event.note) == (desk.clerk, "Pembagian")

    def test_is_offered_for_tasks_of_ones_own_post_only(
        self, desk: Village, clerk_at: Client, head_at: Client
    ) -> None:
        case = desk.submit().reference
        assert GIVE in clerk_at.get("/desk/?tab=unit").content.decode()
        desk.forward(case)
        assert GIVE not in clerk_at.get("/desk/?tab=unit").content.decode()
        assert GIVE in head_at.get("/desk/?tab=unit").content.decode()

    def test_says_task_by_task_what_cannot_be_given(
        self, desk: Village, clerk_at: Client, colleague: User
    ) -> None:
        first, second = desk.submit().reference, desk.submit().reference
        Task.objects.filter(case__reference=first).update(claimed_by=colleague)
        page = clerk_at.get(GIVE, {"t": [*ticks(), "999.1"]}).content.decode()
        assert page.count("Tidak ikut:") == 2
        assert "1 tugas dapat diberikan" in page
        page = give(clerk_at, ticks(), colleague)
        assert "1 selesai" in page
        assert "1 tidak" in page
        assert second in page

    def test_leaves_alone_what_the_person_may_not_have(
        self, desk: Village, clerk_at: Client, colleague: User
    ) -> None:
        desk.submit()
        desk.submit(applicant=colleague)
        page = give(clerk_at, ticks(), colleague)
        assert "1 selesai" in page
        assert "1 tidak" in page
        assert Task.objects.get(case__applicant=colleague).claimed_by is None

    @pytest.mark.parametrize("missing", ["person", "reason"])
    def test_asks_for_what_is_missing(
        self, desk: Village, clerk_at: Client, colleague: User, missing: str
    ) -> None:
        desk.submit()
        given = {"t": ticks(), "person": str(colleague.pk), "reason": "x", "key": str(uuid.uuid4())}
        response = clerk_at.post(GIVE, {**given, missing: ""})
        assert response.status_code == 422
        assert not Batch.objects.exists()

    def test_gives_nobody_a_task_who_does_not_attend_to_it(
        self, desk: Village, clerk_at: Client, colleague: User
    ) -> None:
        desk.submit()
        response = clerk_at.post(GIVE, {"t": ticks(), "person": str(desk.head.pk), "reason": "x"})
        assert response.status_code == 422
        assert Task.objects.get().claimed_by is None

    def test_T6_tells_nobody_of_cases_they_have_no_part_in(
        self, desk: Village, client_on: ClientOn, colleague: User
    ) -> None:
        case = desk.submit().reference
        other = client_on(desk.region, factories.staff("archivist", desk.office, "arsip"))
        page = other.get(GIVE, {"t": ticks()}).content.decode()
        assert case not in page
        assert "Siti" not in page

    def test_names_no_applicant_to_an_administrator_who_may_not_open_the_case(
        self, desk: Village, client_on: ClientOn, colleague: User
    ) -> None:
        case = desk.submit().reference
        both = factories.staff("archivist", desk.office, "arsip")
        factories.member(both, "administrator", desk.region)
        page = client_on(desk.region, both).get(GIVE, {"t": ticks()}).content.decode()
        assert case in page
        assert "Siti" not in page

    def test_takes_a_key_for_one_list_only(self, desk: Village, clerk_at: Client, colleague: User) -> None:
        for _ in range(2):
            desk.submit()
        first, second = ticks()
        key = str(uuid.uuid4())
        give(clerk_at, [first], colleague, key=key)
        page = give(clerk_at, [second], colleague, key=key)
        assert "sudah pernah dikirim dengan daftar lain" in page
        assert Task.objects.filter(claimed_by=colleague).count() == 1
        assert Batch.objects.count() == 1
