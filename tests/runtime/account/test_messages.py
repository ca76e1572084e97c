"""Messages between office and applicant are marked when the other side first sees them, and not before."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from runtime.cases import commenting, talking
from runtime.cases import selectors as cases
from runtime.cases.models import Message
from runtime.cases.selectors import Case
from runtime.regions.models import User
from tests import factories
from tests.conftest import ClientOn
from tests.runtime.conftest import Village
from tests.runtime.conftest import desk as desk  # the fixture


@pytest.fixture
def case(desk: Village, citizen: User) -> Case:
    return desk.submit(applicant=citizen).case


@pytest.fixture
def citizen_at(desk: Village, citizen: User, client_on: ClientOn) -> Client:
    return client_on(desk.region, citizen)


@pytest.fixture
def clerk_at(desk: Village, client_on: ClientOn) -> Client:
    return client_on(desk.region, desk.clerk)


def write(desk: Village, case: Case, verb: str, key: str, *, by: User | None = None) -> None:
    who = {"applicant": True} if verb == talking.ANSWER else {"officer": by or desk.clerk}
    commenting.comment(case, verb, f"Pesan {key}", key=key * 32, now=desk.now, **who)  # type: ignore[arg-type]


def told(client: Client, path: str) -> str:
    return re.sub(r"\s+", " ", client.get(path).content.decode())


class TestReadMark:
    def test_tells_the_officer_when_the_applicant_first_saw_a_message(
        self, desk: Village, case: Case, citizen_at: Client, clerk_at: Client
    ) -> None:
        write(desk, case, talking.TO_APPLICANT, "a")
        address = f"/desk/cases/{case.reference}/"
        assert "Pemohon belum membacanya." in told(clerk_at, address)
        citizen_at.head(f"/track/{case.reference}/")
        assert "Pemohon belum membacanya." in told(clerk_at, address)
        citizen_at.get(f"/track/{case.reference}/")
        first = Message.objects.get().read_at
        citizen_at.get(f"/track/{case.reference}/")
        assert "Dibaca pemohon:" in told(clerk_at, address)
        assert (Message.objects.get().read_at, first is None) == (first, False)

    def test_tells_the_applicant_when_the_office_first_saw_an_answer(
        self, desk: Village, case: Case, citizen_at: Client, clerk_at: Client
    ) -> None:
        write(desk, case, talking.TO_APPLICANT, "a")
        write(desk, case, talking.ANSWER, "b")
        address = f"/track/{case.reference}/"
        assert "Petugas belum membacanya." in told(citizen_at, address)
        clerk_at.get(f"/desk/cases/{case.reference}/")
        assert "Dibaca petugas:" in told(citizen_at, address)

    def test_is_not_set_by_a_stranger_or_an_officer_who_filed_it(
        self, desk: Village, client_on: ClientOn
    ) -> None:
        case = desk.submit(applicant=desk.clerk).case
        write(desk, case, talking.TO_APPLICANT, "a", by=factories.staff("clerk", desk.office, "loket.dua"))
        write(desk, case, talking.ANSWER, "b")
        client_on(desk.region, factories.person("lain")).get(f"/track/{case.reference}/")
        client_on(desk.region, desk.clerk).get(f"/desk/cases/{case.reference}/")
        assert list(Message.objects.values_list("read_at", flat=True)) == [None, None]


class TestAccount:
    def test_lists_the_cases_with_messages_that_are_new(
        self, desk: Village, case: Case, citizen: User, citizen_at: Client
    ) -> None:
        other = desk.submit(applicant=factories.person("lain")).case
        for one, key in ((case, "a"), (case, "b"), (other, "c")):
            write(desk, one, talking.TO_APPLICANT, key)
        write(desk, case, "comment:internal", "d")
        page = told(citizen_at, "/account/")
        assert page.index("Pesan baru untuk Anda") < page.index(case.reference)
        assert ("2 pesan baru" in page, other.reference in page) == (True, False)
        citizen_at.get(f"/track/{case.reference}/")
        assert "Pesan baru" not in told(citizen_at, "/account/")

    def test_asks_no_more_of_the_database_for_many_cases(
        self, desk: Village, citizen: User, citizen_at: Client, django_assert_max_num_queries: object
    ) -> None:
        for _n in range(5):
            write(desk, desk.submit(applicant=citizen).case, talking.TO_APPLICANT, "a")
        assert len(cases.cases_of_applicant(desk.region, citizen)) == 5
        with django_assert_max_num_queries(14):  # type: ignore[operator]
            told(citizen_at, "/account/")
