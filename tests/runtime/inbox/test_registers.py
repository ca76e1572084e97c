"""The register book at the desk: read by year and office, taken away as a file."""

from __future__ import annotations

import pytest
from django.test import Client

from runtime.cases.models import Case
from tests import factories
from tests.conftest import ClientOn
from tests.runtime import permit
from tests.runtime.conftest import Village


@pytest.fixture
def chief_at(desk: Village, client_on: ClientOn) -> Client:
    chief = factories.staff("administrator", desk.region, "pengelola")
    return client_on(desk.region, chief, HTTP_ACCEPT_LANGUAGE="en")


@pytest.fixture
def signed(desk: Village) -> Case:
    case = desk.submit(answers={**permit.answers(village=desk.office.key), "name": "=SUM(A1)"}).case
    desk.forward(case.reference)
    desk.perform(case.reference, "sign", desk.head)
    case.refresh_from_db()
    return case


class TestRegisterBook:
    def test_shows_number_name_and_application(self, signed: Case, chief_at: Client, desk: Village) -> None:
        page = chief_at.get("/desk/registers/", {"year": "2026", "office": desk.office.pk}).content.decode()
        for told in (signed.number, signed.reference, "=SUM(A1)", desk.office.name):
            assert told in page

    @pytest.mark.parametrize("query", [{"year": "2025"}, {"office": "1234567"}])
    def test_leaves_out_other_years_and_offices(
        self, signed: Case, chief_at: Client, query: dict[str, str]
    ) -> None:
        assert "No number was given yet" in chief_at.get("/desk/registers/", query).content.decode()

    def test_survives_a_query_that_is_none(self, signed: Case, chief_at: Client) -> None:
        strange = {"year": "99999", "office": "x", "page": "-3"}
        assert signed.reference in chief_at.get("/desk/registers/", strange).content.decode()

    def test_T12_is_taken_away_with_formulas_guarded(self, signed: Case, chief_at: Client) -> None:
        response = chief_at.get("/desk/registers/", {"as": "csv"})
        told = b"".join(response).decode()  # type: ignore[arg-type]
        assert response["Content-Type"].startswith("text/csv")
        assert f";'=SUM(A1);{signed.reference};" in told
        assert told.splitlines()[0].endswith("Reference number;Office;State")

    def test_says_when_it_is_empty(self, chief_at: Client) -> None:
        assert "No number was given yet" in chief_at.get("/desk/registers/").content.decode()
