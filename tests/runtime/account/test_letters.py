"""The letters of all cases of a citizen, on one page and in their copy: theirs alone, with what holds."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from runtime.letters import services, storing
from runtime.letters.models import IssuedLetter
from runtime.regions import scope
from runtime.regions.models import Region, User
from tests import factories
from tests.conftest import ClientOn
from tests.runtime import lettered
from tests.runtime.account.test_account import copied
from tests.runtime.conftest import Village
from tests.runtime.letters.conftest import desk, files

__all__ = ["desk", "files"]


@pytest.fixture
def owner_at(desk: Village, citizen: User, client_on: ClientOn) -> Client:
    return client_on(desk.region, citizen, HTTP_ACCEPT_LANGUAGE="en")


def issued(desk: Village, owner: User) -> IssuedLetter:
    lettered.sign(desk, applicant=owner)
    lettered.work_off(desk)
    return lettered.letters()[-1]


class TestPage:
    def test_lists_the_letters_of_all_cases_with_download_and_public_page(
        self, desk: Village, citizen: User, owner_at: Client
    ) -> None:
        first, second = issued(desk, citizen), issued(desk, citizen)
        services.withdraw(first, reason="Nama keliru.", by=desk.head, now=desk.now)
        page = owner_at.get("/account/letters/").content.decode()
        assert page.index(second.number) < page.index(first.number)
        for letter in (first, second):
            assert f"/verify/{letter.code}/" in page
        assert f"/track/{second.case.reference}/letters/{second.pk}/" in page
        assert f"/track/{first.case.reference}/letters/{first.pk}/" not in page
        assert ("Nama keliru." in page, "Withdrawn" in page) == (True, True)

    def test_T5_shows_nothing_of_other_people_or_regions(
        self, desk: Village, citizen: User, owner_at: Client, poso: Region, client_on: ClientOn
    ) -> None:
        own, other = issued(desk, citizen), issued(desk, factories.person("lain"))
        assert other.code not in owner_at.get("/account/letters/").content.decode()
        with scope.use(poso):
            there = client_on(poso, citizen).get("/account/letters/").content.decode()
        assert own.code not in there

    def test_names_the_number_of_a_case_only_as_long_as_its_letter_counts(
        self, desk: Village, citizen: User, owner_at: Client
    ) -> None:
        other = factories.installed(desk.region, lettered.as_text(key="izin-lain", register=None))
        case = lettered.sign(desk, version=other.version, applicant=citizen)
        lettered.work_off(desk)
        status = f"/track/{case.reference}/"
        assert owner_at.get(status).context["number"] == case.number != ""
        services.withdraw(lettered.letters()[0], reason="Nama keliru.", by=desk.head, now=desk.now)
        assert owner_at.get(status).context["number"] == ""

    def test_says_that_there_is_none_yet(self, owner_at: Client) -> None:
        assert "No letter has been issued to you yet" in owner_at.get("/account/letters/").content.decode()


class TestCopy:
    def test_holds_every_letter_and_what_is_true_of_it(
        self, desk: Village, citizen: User, owner_at: Client
    ) -> None:
        letter = issued(desk, citizen)
        folder = letter.case.reference
        found = copied(owner_at)
        (told,) = json.loads(found[f"{folder}/application.json"])["letters"]
        assert (told["number"], told["state"], told["code"]) == (letter.number, "valid", letter.code)
        assert found[f"{folder}/{told['path']}"] == storing.get(letter.file, letter.sha256)
        assert told["path"] in found[f"{folder}/application.html"].decode()

    def test_goes_on_without_a_letter_that_is_lost(
        self, desk: Village, citizen: User, owner_at: Client
    ) -> None:
        letter = issued(desk, citizen)
        storing.keep_only(letter)
        (told,) = json.loads(copied(owner_at)[f"{letter.case.reference}/application.json"])["letters"]
        assert (told["number"], told["path"]) == (letter.number, "")
