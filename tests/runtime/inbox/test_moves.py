"""An administrator moves cases to a newer version: rules in words, a plan, what is chosen, and back."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from runtime.cases.models import Case
from runtime.modules.models import ModuleVersion
from runtime.moves import working
from runtime.moves.models import Batch
from runtime.regions import scope
from runtime.regions.models import Region, User
from runtime.viewlog.models import Viewing
from tests import factories
from tests.conftest import ClientOn
from tests.runtime import renewed
from tests.runtime.conftest import Village

RULES = "/desk/versions/izin/1/2/"


@pytest.fixture
def chief(tangerang: Region) -> User:
    return factories.staff("administrator", tangerang, "pengelola")


@pytest.fixture
def chief_at(tangerang: Region, chief: User, client_on: ClientOn) -> Client:
    return client_on(tangerang, chief, HTTP_ACCEPT_LANGUAGE="en")


@pytest.fixture
def new(desk: Village) -> ModuleVersion:
    """Return a version that lacks a question, calls a stage otherwise and asks for one thing more."""
    text = renewed.as_text(
        renewed.rename_status("sign", "seal"),
        renewed.without("email"),
        _mute,
        renewed.with_question("data", key="phone", required=True, type="text"),
    )
    return factories.installed(desk.region, text, 2).version


def planned(chief_at: Client, desk: Village, **given: str) -> str:
    """Send the rules and let the plan be made; return its address."""
    address = str(chief_at.post(RULES, given)["Location"])
    worked(desk)
    return address


def worked(desk: Village) -> None:
    with scope.use(desk.region):
        working.finish(Batch.objects.get(), desk.now)


def told(client: Client, address: str) -> str:
    return re.sub(r"\s+", " ", client.get(address).content.decode())


class TestList:
    def test_says_on_which_versions_cases_run(
        self, desk: Village, new: ModuleVersion, chief_at: Client
    ) -> None:
        desk.submit()
        page = told(chief_at, "/desk/versions/")
        assert "Version 1: 1 open case" in page
        assert f'href="{RULES}"' in page

    def test_says_when_there_is_nothing(self, desk: Village, chief_at: Client) -> None:
        desk.submit()
        assert "All open cases are on the present version" in told(chief_at, "/desk/versions/")


class TestRules:
    def test_ask_for_what_no_key_decides_in_the_words_of_the_form(
        self, desk: Village, new: ModuleVersion, chief_at: Client
    ) -> None:
        desk.forward(desk.submit().reference)
        page = told(chief_at, RULES)
        assert "Tanda tangan" in page
        assert "1 open case stands there." in page
        assert '<option value="seal">Tanda tangan</option>' in page
        assert '<option value="phone">Phone</option>' in page
        assert 'name="answer-phone"' in page

    def test_that_are_impossible_are_told(self, desk: Village, new: ModuleVersion, chief_at: Client) -> None:
        desk.forward(desk.submit().reference)
        wrong = chief_at.post(RULES, {"status-sign": "done"})
        assert wrong.status_code == 422
        assert "govuk-error-summary" in wrong.content.decode()
        assert not Batch.objects.exists()

    @pytest.mark.parametrize("address", ["/desk/versions/izin/1/1/", "/desk/versions/izin/1/9/"])
    def test_of_versions_that_are_not_there_are_not_found(
        self, desk: Village, chief_at: Client, address: str
    ) -> None:
        assert chief_at.get(address).status_code == 404


class TestPlan:
    def test_moves_what_was_ticked_with_what_may_be_lost_and_brings_it_back(
        self, desk: Village, new: ModuleVersion, chief_at: Client
    ) -> None:
        reference = desk.submit().reference
        address = planned(chief_at, desk, **{"answer-phone": "021"})
        page = told(chief_at, address)
        assert "The answer to “Email” has no place in version 2." in page
        assert "siti@contoh.id" not in page
        assert not Viewing.objects.exists()
        (item,) = Batch.objects.get().items.all()
        move, values = f"{address}move/", {"id": item.pk, "show": "loses"}
        assert "First tick below the list" in chief_at.post(move, values, follow=True).content.decode()
        chief_at.post(move, {"all": "agreed", "loss": "answer:email", "show": "loses"})
        assert chief_at.get(address)["Refresh"] == "5"
        worked(desk)
        assert Case.objects.get(reference=reference).answers["phone"] == "021"
        assert "Bring it back" in told(chief_at, f"{address}?show=moved")
        chief_at.post(f"{address}undo/", {"all": "1", "show": "moved"})
        worked(desk)
        assert Case.objects.get(reference=reference).version == desk.version
        assert "Moved back" in told(chief_at, f"{address}?show=returned")

    def test_shows_what_would_be_lost_to_whoever_may_open_the_case(
        self, desk: Village, new: ModuleVersion, chief: User, chief_at: Client
    ) -> None:
        desk.submit()
        factories.member(chief, "clerk", desk.office)
        page = told(chief_at, planned(chief_at, desk, **{"answer-phone": "021"}))
        assert "It reads: siti@contoh.id" in page
        assert [(row.user, row.purpose) for row in Viewing.objects.all()] == [(chief, "move")]

    def test_moves_all_that_is_safe_and_says_why_others_stay(
        self, desk: Village, new: ModuleVersion, chief_at: Client
    ) -> None:
        plain = {"name": "Ani", "age": 20, "reason": "a", "village": desk.office.key}
        safe = desk.submit(answers=plain).reference
        desk.forward(desk.submit(answers=plain).reference)
        address = planned(chief_at, desk, **{"answer-phone": "021"})
        page = told(chief_at, address)
        assert "Move this case" in page
        assert "The stage “Tanda tangan” does not exist in version 2." in told(
            chief_at, f"{address}?show=cannot"
        )
        chief_at.post(f"{address}move/", {"all": "safe"})
        worked(desk)
        assert list(Case.objects.filter(version=new).values_list("reference", flat=True)) == [safe]

    def test_can_be_stopped(self, desk: Village, new: ModuleVersion, chief_at: Client) -> None:
        desk.submit()
        address = str(chief_at.post(RULES, {})["Location"])
        assert "0 of 1 cases" in told(chief_at, address)
        chief_at.post(f"{address}stop/")
        assert Batch.objects.get().state == Batch.State.CANCELLED
        assert "Refresh" not in chief_at.get(address)


def _mute(found: renewed.Document) -> None:
    found["applicant"].pop("email")
