"""The head of an office gives its tasks to whoever may have them and takes them back; others do not."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

from runtime.cases import chain
from runtime.cases.models import Case, CaseEvent, Task
from runtime.regions import scope
from runtime.regions.models import Membership, Region, Role, User
from tests import factories
from tests.conftest import ClientOn
from tests.runtime.conftest import Village

GIVE = "/desk/bulk/give/"


@pytest.fixture
def colleague(desk: Village) -> User:
    """Another clerk of the office."""
    return factories.staff("clerk", desk.office, "loket2")


@pytest.fixture
def chief(desk: Village) -> User:
    """Who heads the office, with a role that no service names."""
    user = factories.staff("chief", desk.office, "kepala")
    Role.objects.filter(region=desk.region, key="chief").update(heads=True)
    return user


@pytest.fixture
def chief_at(desk: Village, chief: User, client_on: ClientOn) -> Client:
    return client_on(desk.region, chief)


def post_page(desk: Village, role: str = "clerk") -> str:
    return f"/desk/tasks/{role}/{desk.office.pk}/"


def ticks() -> list[str]:
    found = Task.objects.filter(closed_at=None).select_related("case").order_by("pk")
    return [f"{task.pk}.{task.case.revision}" for task in found]


def send(client: Client, where: str, to: str, **more: Any) -> str:
    given = {"t": ticks(), "person": to, "reason": "Pembagian", "key": str(uuid.uuid4()), **more}
    return client.post(where, given, follow=True).content.decode()


class TestHeads:
    def test_give_tasks_of_another_role_and_the_history_says_as_what(
        self, desk: Village, chief: User, chief_at: Client, colleague: User
    ) -> None:
        for _n in range(2):
            desk.submit()
        Task.objects.update(claimed_by=desk.clerk)
        assert "2 tugas terbuka" in chief_at.get("/desk/tasks/").content.decode()
        assert "2 selesai" in send(chief_at, post_page(desk), str(colleague.pk))
        assert set(Task.objects.values_list("claimed_by", flat=True)) == {colleague.pk}
        for event in CaseEvent.objects.filter(n=2):
            assert (event.actor, event.role, event.action) == (chief, "chief", "task:reassign")
            assert event.note == "Pembagian"
            assert chain.verify(event.case) == []

    def test_take_tasks_back_for_all_who_hold_the_role(
        self, desk: Village, clerk_at: Client, chief_at: Client
    ) -> None:
        reference, _other = desk.submit().reference, desk.submit().reference
        Task.objects.filter(case__reference=reference).update(claimed_by=desk.clerk)
        page = send(chief_at, post_page(desk), "nobody")
        assert "1 selesai" in page
        assert "belum diambil siapa pun" in page
        assert set(Task.objects.values_list("claimed_by", flat=True)) == {None}
        assert "Tugas ditarik kembali" in clerk_at.get(f"/desk/cases/{reference}/").content.decode()

    def test_are_named_no_applicant_of_a_case_they_may_not_open(
        self, desk: Village, chief_at: Client, colleague: User
    ) -> None:
        case = desk.submit().reference
        page = chief_at.get(GIVE, {"t": ticks()}).content.decode()
        assert case in page
        assert "Siti" not in page
        assert "1 selesai" in send(chief_at, GIVE, str(colleague.pk))
        assert chief_at.get(f"/desk/cases/{case}/").status_code == 404

    def test_do_not_reach_into_another_office(
        self, desk: Village, client_on: ClientOn, colleague: User
    ) -> None:
        other = factories.office(desk.region, "lain")
        away = factories.staff("chief", other, "jauh")
        Role.objects.filter(region=desk.region, key="chief").update(heads=True)
        at = client_on(desk.region, away)
        case = desk.submit().reference
        assert case not in at.get("/desk/tasks/").content.decode()
        assert at.get(post_page(desk)).status_code == 404
        assert at.get(f"/desk/tasks/people/{desk.clerk.pk}/").status_code == 404
        assert case not in at.get(GIVE, {"t": ticks()}).content.decode()
        send(at, post_page(desk), str(colleague.pk))
        assert Task.objects.get().claimed_by is None

    def test_give_nobody_what_they_may_not_have(
        self, desk: Village, chief: User, chief_at: Client, colleague: User
    ) -> None:
        desk.submit(applicant=colleague)
        assert "1 tidak" in send(chief_at, post_page(desk), str(colleague.pk))
        assert chief_at.post(post_page(desk), {"t": ticks(), "person": str(desk.head.pk)}).status_code == 422
        assert Task.objects.get().claimed_by is None

    def test_do_not_dispose_of_their_own_application(
        self, desk: Village, chief: User, chief_at: Client, colleague: User
    ) -> None:
        desk.submit(applicant=chief)
        assert "Permohonan ini Anda ajukan sendiri" in send(chief_at, post_page(desk), str(colleague.pk))
        assert Task.objects.get().claimed_by is None

    def test_are_stood_in_for(self, desk: Village, chief: User, colleague: User, client_on: ClientOn) -> None:
        desk.submit()
        deputy = factories.staff("guard", desk.office, "wakil")
        factories.standin(deputy, "chief", desk.office, chief)
        assert "1 selesai" in send(client_on(desk.region, deputy), post_page(desk), str(colleague.pk))
        event = CaseEvent.objects.get(n=2)
        assert (event.actor, event.on_behalf_of, event.as_kind) == (deputy, chief, "plh")
        assert chain.verify(Case.objects.get()) == []

    def test_are_whoever_the_administrator_says_and_nobody_else(
        self, desk: Village, chief: User, chief_at: Client, client_on: ClientOn
    ) -> None:
        manager = client_on(desk.region, factories.staff("administrator", desk.region, "pengelola"))
        assert chief_at.get("/desk/tasks/").status_code == 200
        assert "Tugas terbuka kantor saya" in chief_at.get("/desk/account/").content.decode()
        manager.post("/desk/staff/roles/", {"heads": ["administrator", "clerk"]})
        assert list(Role.objects.filter(heads=True).values_list("key", flat=True)) == ["clerk"]
        refused = chief_at.get("/desk/tasks/")
        assert refused.status_code == 403
        assert "Peran Anda tidak memimpin kantor" in refused.content.decode()
        assert "Tugas terbuka kantor saya" not in chief_at.get("/desk/account/").content.decode()

    def test_hand_on_and_take_back_one_task_on_the_page_of_the_case(
        self, desk: Village, chief: User, chief_at: Client, colleague: User
    ) -> None:
        factories.member(chief, "clerk", desk.office)  # so the case may be opened
        reference = desk.submit().reference
        task = Task.objects.get()
        Task.objects.update(claimed_by=desk.clerk)
        where = f"/desk/cases/{reference}/hand/{task.pk}/"
        page = chief_at.get(f"/desk/cases/{reference}/").content.decode()
        assert "Tarik kembali dari Loket" in page
        assert "Loket2" in chief_at.get(where).content.decode()
        chief_at.post(where, {"do": "hand", "person": str(colleague.pk), "key": "a"})
        task.refresh_from_db()
        assert task.claimed_by == colleague
        chief_at.post(where, {"do": "release", "key": "b"})
        task.refresh_from_db()
        assert task.claimed_by is None

    def test_that_head_one_office_hand_on_what_is_theirs_in_another_as_all_do(
        self, desk: Village, chief: User, chief_at: Client
    ) -> None:
        desk.submit()
        Membership.objects.filter(user=chief).update(office=factories.office(desk.region, "lain"))
        factories.member(chief, "clerk", desk.office)
        assert "1 selesai" in send(chief_at, GIVE, str(desk.clerk.pk))
        assert CaseEvent.objects.get(n=2).action == "task:delegate"


@pytest.fixture
def above(desk: Village, chief: User) -> User:
    """Who heads the district of the village, with the same role."""
    assert desk.office.parent is not None
    return factories.staff("chief", desk.office.parent, "camat")


class TestHeadsAbove:
    def test_give_and_take_back_the_tasks_of_the_village(
        self, desk: Village, above: User, client_on: ClientOn, colleague: User
    ) -> None:
        at = client_on(desk.region, above)
        assert "dan di kantor di bawahnya" in at.get("/desk/tasks/").content.decode()
        reference = desk.submit().reference
        Task.objects.update(claimed_by=desk.clerk)
        assert reference in at.get(post_page(desk)).content.decode()
        assert at.get(f"/desk/tasks/people/{desk.clerk.pk}/").status_code == 200
        assert "1 selesai" in send(at, post_page(desk), str(colleague.pk))
        assert Task.objects.get().claimed_by == colleague
        assert "1 selesai" in send(at, post_page(desk), "nobody")
        assert Task.objects.get().claimed_by is None
        case = Case.objects.get()
        assert [event.role for event in case.events.filter(n__gt=1)] == ["chief", "chief"]
        assert chain.verify(case) == []
        assert at.get(f"/desk/cases/{reference}/").status_code == 404

    def test_are_stood_in_for_and_the_history_says_so(
        self, desk: Village, above: User, client_on: ClientOn, colleague: User
    ) -> None:
        desk.submit()
        deputy = factories.staff("guard", desk.office, "wakil")
        assert desk.office.parent is not None
        factories.standin(deputy, "chief", desk.office.parent, above)
        assert "1 selesai" in send(client_on(desk.region, deputy), post_page(desk), str(colleague.pk))
        event = CaseEvent.objects.get(n=2)
        assert (event.actor, event.on_behalf_of, event.as_kind) == (deputy, above, "plh")

    def test_are_stood_in_for_also_where_the_head_has_the_role_of_the_task(
        self, desk: Village, client_on: ClientOn, colleague: User
    ) -> None:
        desk.submit()
        agency = factories.office(desk.region, "dinas", Region.Kind.AGENCY)
        unit = factories.office(agency, "unit", Region.Kind.AGENCY)
        boss = factories.staff("clerk", agency, "kepala-dinas")
        deputy = factories.staff("guard", agency, "wakil")
        factories.standin(deputy, "clerk", agency, boss)
        factories.member(colleague, "clerk", unit)
        Role.objects.filter(region=desk.region, key="clerk").update(heads=True)
        Task.objects.update(office=unit)
        where = f"/desk/tasks/clerk/{unit.pk}/"
        assert "1 selesai" in send(client_on(desk.region, deputy), where, str(colleague.pk))
        event = CaseEvent.objects.get(n=2)
        assert (event.actor, event.on_behalf_of, event.as_kind) == (deputy, boss, "plh")

    def test_do_not_dispose_of_what_they_filed_or_whom_they_stand_in_for(
        self, desk: Village, above: User, client_on: ClientOn, colleague: User
    ) -> None:
        deputy = factories.staff("guard", desk.office, "wakil")
        assert desk.office.parent is not None
        factories.standin(deputy, "chief", desk.office.parent, above)
        desk.submit(applicant=above)
        for user in (above, deputy):
            assert "1 tidak" in send(client_on(desk.region, user), post_page(desk), str(colleague.pk))
        assert Task.objects.get().claimed_by is None

    @pytest.mark.parametrize("kind", [Region.Kind.DISTRICT, Region.Kind.AGENCY])
    def test_do_not_reach_beside(
        self, desk: Village, client_on: ClientOn, colleague: User, chief: User, kind: str
    ) -> None:
        beside = factories.staff("chief", factories.office(desk.region, "sebelah", kind), "tetangga")
        case, at = desk.submit().reference, client_on(desk.region, beside)
        assert at.get(post_page(desk)).status_code == 404
        assert at.get(f"/desk/tasks/people/{desk.clerk.pk}/").status_code == 404
        assert case not in at.get(GIVE, {"t": ticks()}).content.decode()
        send(at, GIVE, str(colleague.pk))
        assert Task.objects.get().claimed_by is None

    def test_of_another_region_know_of_no_task(
        self, desk: Village, poso: Region, client_on: ClientOn, colleague: User
    ) -> None:
        with scope.use(poso):
            stranger = factories.staff("chief", poso, "bupati")
            Role.objects.filter(region=poso, key="chief").update(heads=True)
        case, where, given = desk.submit().reference, post_page(desk), ticks()
        at = client_on(poso, stranger)
        assert at.get("/desk/tasks/").status_code == 200
        assert at.get(where).status_code == 404
        assert at.post(where, {"t": given, "person": "nobody", "reason": "x"}).status_code == 404
        assert case not in at.get(GIVE, {"t": given}).content.decode()
        assert client_on(desk.region, stranger).get(where).status_code == 403

    def test_see_below_in_as_many_questions_as_before(
        self, desk: Village, client_on: ClientOn, django_assert_max_num_queries: Any
    ) -> None:
        mayor = factories.staff("chief", desk.region, "wali")
        factories.member(mayor, "clerk", desk.office)
        Role.objects.filter(region=desk.region, key="chief").update(heads=True)
        for n in range(8):
            factories.office(desk.office, f"rw-{n}")
            desk.submit()
        Task.objects.filter(pk__lt=Task.objects.order_by("pk")[4].pk).update(claimed_by=desk.clerk)
        at = client_on(desk.region, mayor)
        for where in ("/desk/?tab=mine", "/desk/?tab=unit"):
            with django_assert_max_num_queries(12):
                assert "TNG-" in at.get(where).content.decode()
