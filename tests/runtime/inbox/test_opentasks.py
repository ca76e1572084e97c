"""The administrator sees where work waits and in whose hands, and gives it to somebody else."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.test import Client

from runtime.cases import chain, hands
from runtime.cases.models import Case, CaseEvent, Task
from runtime.regions.models import Membership, User
from tests import factories
from tests.conftest import ClientOn
from tests.runtime.conftest import Village


@pytest.fixture
def manager_at(desk: Village, client_on: ClientOn) -> Client:
    return client_on(desk.region, factories.staff("administrator", desk.region, "pengelola"))


def post_page(desk: Village) -> str:
    return f"/desk/tasks/clerk/{desk.office.pk}/"


def give(client: Client, desk: Village, person: User, reason: str = "Cuti") -> Any:
    page = client.get(post_page(desk)).content.decode()
    ticked = re.findall(r'name="t" value="(\d+\.\d+)"', page)
    given = {"t": ticked, "person": str(person.pk), "reason": reason, "key": str(uuid.uuid4())}
    return client.post(post_page(desk), given, follow=True)


class TestOpenTasks:
    def test_are_given_to_another_holder_and_the_history_says_by_whom_and_why(
        self, desk: Village, manager_at: Client
    ) -> None:
        references = [desk.submit().reference for _n in range(2)]
        colleague = factories.staff("clerk", desk.office, "loket2")
        assert "2 tugas terbuka" in manager_at.get("/desk/tasks/").content.decode()
        page = give(manager_at, desk, colleague).content.decode()
        assert "2 selesai" in page
        assert set(Task.objects.values_list("claimed_by", flat=True)) == {colleague.pk}
        for case in Case.objects.select_related("region", "version").filter(reference__in=references):
            event = CaseEvent.objects.filter(case=case).last()
            assert (event.action, event.note, event.role) == ("task:reassign", "Cuti", "administrator")
            assert event.actor_name == "Pengelola"
            assert chain.verify(case) == []

    def test_show_since_when_somebody_has_them(self, desk: Village, manager_at: Client) -> None:
        desk.submit()
        (task,) = hands.open_tasks(desk.region)
        assert hands.since([task]) == {}
        later = desk.now.replace(hour=14)
        desk.perform(task.case.reference, "task:claim", desk.clerk, task=task.pk, now=later)
        (task,) = hands.open_tasks(desk.region)
        assert hands.since([task]) == {task.pk: later}
        assert "dipegang Loket sejak" in manager_at.get(post_page(desk)).content.decode()

    def test_of_a_post_that_nobody_holds_are_a_problem_that_leads_to_the_staff(
        self, desk: Village, manager_at: Client
    ) -> None:
        desk.submit()
        Membership.objects.filter(user=desk.clerk).delete()
        assert "tidak ada yang menangani" in manager_at.get("/desk/tasks/").content.decode()
        page = manager_at.get(post_page(desk)).content.decode()
        assert "Hari ini tidak ada yang menangani jabatan ini" in page
        assert 'href="/desk/staff/add/"' in page
        refused = manager_at.post(post_page(desk), {"person": str(desk.clerk.pk), "reason": "x", "t": "1.1"})
        assert refused.status_code == 422

    def test_of_somebody_who_has_left_are_found_by_the_person(
        self, desk: Village, manager_at: Client
    ) -> None:
        desk.submit()
        Task.objects.update(claimed_by=desk.clerk)
        factories.staff("clerk", desk.office, "loket2")
        Membership.objects.filter(user=desk.clerk).delete()
        assert "tidak lagi bertugas di sini" in manager_at.get("/desk/tasks/").content.decode()
        page = manager_at.get(f"/desk/tasks/people/{desk.clerk.pk}/").content.decode()
        assert "Loket2" in page

    @pytest.mark.parametrize("missing", ["t", "person", "reason"])
    def test_stay_where_they_are_when_something_is_missing(
        self, desk: Village, manager_at: Client, missing: str
    ) -> None:
        desk.submit()
        task = Task.objects.get()
        given = {"t": f"{task.pk}.1", "person": str(desk.clerk.pk), "reason": "Cuti"}
        response = manager_at.post(post_page(desk), {**given, missing: ""})
        assert response.status_code == 422
        assert CaseEvent.objects.count() == 1

    def test_are_given_to_nobody_who_lost_the_role_meanwhile(self, desk: Village, manager_at: Client) -> None:
        desk.submit()
        colleague = factories.staff("clerk", desk.office, "loket2")
        task = Task.objects.get()
        given = {"t": f"{task.pk}.1", "person": str(colleague.pk), "reason": "Cuti"}
        Membership.objects.filter(user=colleague).delete()
        assert manager_at.post(post_page(desk), given).status_code == 422
        assert Task.objects.get().claimed_by is None

    def test_are_given_away_by_the_installations_administrator_too(
        self, desk: Village, client_on: ClientOn
    ) -> None:
        desk.submit()
        root = factories.person("root", is_superuser=True, is_staff=True)
        give(client_on(desk.region, root), desk, desk.clerk)
        assert Task.objects.get().claimed_by == desk.clerk
