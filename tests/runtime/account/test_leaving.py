"""An account is deleted with its password, everywhere; cases stay, and officers are refused."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from runtime.cases import proof
from runtime.cases.models import Attachment, Case
from runtime.profiles import services as profiles
from runtime.profiles.models import Profile
from runtime.regions import scope
from runtime.regions.models import Region, User
from runtime.wizard.models import Draft
from tests.conftest import ClientOn
from tests.runtime.account.test_account import begun
from tests.runtime.conftest import Village
from tests.runtime.conftest import desk as desk  # the fixture
from tests.runtime.viewlog.test_noting import stored

PASSWORD = "benar-kuda-baterai"
CONFIRM = "/account/delete/confirm/"


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def person(citizen: User) -> User:
    citizen.set_password(PASSWORD)
    citizen.save()
    return citizen


@pytest.fixture
def here(desk: Village, person: User, client_on: ClientOn) -> Client:
    return client_on(desk.region, person, HTTP_ACCEPT_LANGUAGE="en")


def given(**changes: str) -> dict[str, str]:
    return {"password": PASSWORD, "sure": "on"} | changes


class TestLeaving:
    def test_says_what_stays_and_which_cases_are_under_way(
        self, desk: Village, person: User, here: Client
    ) -> None:
        reference = desk.submit(applicant=person).reference
        page = here.get("/account/delete/").content.decode()
        assert ("stay with the region" in page, reference in page) == (True, True)

    def test_removes_what_is_ones_own_everywhere_and_ends_every_login(
        self, desk: Village, person: User, here: Client, poso: Region, client_on: ClientOn
    ) -> None:
        other = client_on(desk.region, person)
        reference = desk.submit(applicant=person).reference
        stored(desk, begun(desk, person).token)
        profiles.save(region=desk.region, user=person, facts={"name": "Siti"}, now=desk.now)
        with scope.use(poso):
            profiles.save(region=poso, user=person, facts={"name": "Siti"}, now=desk.now)
        assert here.post(CONFIRM, given()).status_code == 302
        with scope.everywhere("both regions are looked at"):
            left = [model.objects.count() for model in (Draft, Attachment, Profile)]
            assert (left, Case.objects.get().reference) == ([0, 0, 0], reference)
        found = User.objects.get(pk=person.pk)
        assert (found.email, found.first_name, found.is_active) == ("", "", False)
        assert not found.has_usable_password()
        assert not EmailAddress.objects.filter(user=found).exists()
        assert {one.get("/account/").status_code for one in (here, other)} == {302}

    @pytest.mark.parametrize("wrong", [{"password": "salah"}, {"password": ""}, {"sure": ""}])
    def test_does_nothing_without_password_and_tick(
        self, person: User, here: Client, wrong: dict[str, str]
    ) -> None:
        assert here.post(CONFIRM, given(**wrong)).status_code == 422
        assert User.objects.get(pk=person.pk).is_active

    def test_T7_lets_nobody_guess_the_password_for_long(self, person: User, here: Client) -> None:
        tries = [here.post(CONFIRM, given(password=f"x{n}")).status_code for n in range(11)]
        assert tries == [422] * proof.PER_CASE_AND_ADDRESS + [429]
        assert here.post(CONFIRM, given()).status_code == 429

    def test_is_refused_to_officers(self, desk: Village, client_on: ClientOn) -> None:
        desk.clerk.set_password(PASSWORD)
        desk.clerk.save()
        client = client_on(desk.region, desk.clerk)
        assert client.post(CONFIRM, given())["Location"] == "/account/delete/"
        assert User.objects.get(pk=desk.clerk.pk).is_active
