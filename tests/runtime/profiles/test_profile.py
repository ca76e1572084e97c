"""One's own profile: kept by the person, for the person, in one region, and gone when they say so."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from runtime.forms import fields as faces
from runtime.profiles import selectors, services
from runtime.profiles.models import Profile
from runtime.regions import scope
from runtime.regions.models import Region, User
from schemas import fieldtypes
from schemas.rules.prefill import PROFILE
from tests import factories

NIK = "3671014505900001"
FILLED = {
    "name": "Siti Aminah",
    "nik": "3671 0145 0590 0001",
    "birth_place": "Tangerang",
    "birth_date-day": "5",
    "birth_date-month": "Mei",
    "birth_date-year": "1990",
    "gender": "P",
    "phone": "0812-3456-7890",
    "email": "siti@contoh.id",
    "address-street": "Jl. Melati 3",
    "address-rt": "1",
    "address-rw": "2",
    "address-province": "36",
    "address-regency": "36.71",
    "address-district": "36.71.01",
    "address-village": "36.71.01.1001",
}
KEPT = {
    "name": "Siti Aminah",
    "nik": NIK,
    "birth_place": "Tangerang",
    "birth_date": "1990-05-05",
    "gender": "P",
    "phone": "+6281234567890",
    "email": "siti@contoh.id",
    "address": {"street": "Jl. Melati 3", "rt": "001", "rw": "002", "region": "36.71.01.1001"},
}


@pytest.fixture(autouse=True)
def areas(db: None) -> None:
    factories.areas()


@pytest.fixture
def mine(tangerang: Region, citizen: User, client_on: Callable[..., Client]) -> Client:
    return client_on(tangerang, citizen)


def facts(region: Region, user: User) -> dict[str, Any]:
    with scope.use(region):
        return selectors.facts(region, user)


class TestProfile:
    def test_begins_with_what_the_account_knows(self, mine: Client, citizen: User) -> None:
        page = mine.get("/profile/")
        assert page.status_code == 200
        assert "no-store" in page["Cache-Control"]
        assert f'value="{citizen.email}"' in page.content.decode()
        assert "Hapus profil" not in page.content.decode()

    def test_is_kept_as_canonical_answers_by_name(
        self, mine: Client, tangerang: Region, citizen: User
    ) -> None:
        assert mine.post("/profile/", FILLED)["Location"] == "/profile/"
        assert facts(tangerang, citizen) == KEPT
        shown = mine.get("/profile/").content.decode()
        assert "Profil Anda sudah disimpan." in shown
        assert f'value="{NIK}"' in shown.replace(" ", "").replace("value=", " value=")

    def test_opens_the_next_list_of_areas_without_keeping_anything(
        self, mine: Client, tangerang: Region, citizen: User
    ) -> None:
        chosen = {key: value for key, value in FILLED.items() if key != "address-village"}
        page = mine.post("/profile/", chosen | {"_list": "address"})
        assert page.status_code == 200
        assert ">Sukarasa<" in page.content.decode()
        assert 'value="Siti Aminah"' in page.content.decode()
        assert "govuk-error-summary" not in page.content.decode()
        assert facts(tangerang, citizen) == {}

    def test_asks_for_the_parts_of_an_address_that_was_kept_as_one_text(
        self, mine: Client, tangerang: Region, citizen: User
    ) -> None:
        old = {"name": "Siti", "address": "Jl. Melati 3\nRT 01/RW 02"}
        with scope.use(tangerang):
            services.save(region=tangerang, user=citizen, facts=old, now=timezone.now())
        page = mine.get("/profile/").content.decode()
        assert 'value="Jl. Melati 3, RT 01/RW 02"' in page
        assert 'value="Siti"' in page
        mine.post("/profile/", FILLED)
        assert facts(tangerang, citizen) == KEPT

    def test_is_not_kept_with_a_mistake_in_it(self, mine: Client, tangerang: Region, citizen: User) -> None:
        page = mine.post("/profile/", FILLED | {"nik": "123"})
        assert page.status_code == 422
        assert "govuk-error-summary" in page.content.decode()
        assert 'value="123"' in page.content.decode()
        assert facts(tangerang, citizen) == {}

    def test_takes_nothing_it_does_not_ask_for(self, mine: Client, tangerang: Region, citizen: User) -> None:
        assert mine.post("/profile/", FILLED | {"role": "admin"}).status_code == 422
        assert facts(tangerang, citizen) == {}

    def test_is_deleted_when_the_person_says_so(self, mine: Client, tangerang: Region, citizen: User) -> None:
        mine.post("/profile/", FILLED)
        assert "Hapus profil saya" in mine.get("/profile/").content.decode()
        assert mine.post("/profile/forget/")["Location"] == "/profile/"
        assert facts(tangerang, citizen) == {}
        assert mine.get("/profile/forget/").status_code == 405

    def test_goes_with_the_account(self, mine: Client, citizen: User) -> None:
        mine.post("/profile/", FILLED)
        citizen.emailaddress_set.all().delete()
        with scope.everywhere("a test deletes an account"):
            citizen.delete()
            assert not Profile.objects.exists()

    def test_is_of_one_person_in_one_region(
        self,
        mine: Client,
        tangerang: Region,
        poso: Region,
        citizen: User,
        clerk: User,
        client_on: Callable[..., Client],
    ) -> None:
        mine.post("/profile/", FILLED)
        for stranger in (client_on(tangerang, clerk), client_on(poso, citizen)):
            assert "Melati" not in stranger.get("/profile/").content.decode()
            stranger.post("/profile/forget/")
        assert facts(tangerang, citizen) == KEPT

    def test_asks_who_is_there(self, tangerang: Region, client_on: Callable[..., Client]) -> None:
        client = client_on(tangerang)
        assert client.get("/profile/")["Location"].startswith("/accounts/login/")
        kept = client.post("/profile/", FILLED)
        assert kept.status_code == 403
        assert "Masuk di tab baru" in kept.content.decode()

    def test_leaves_no_trace_in_logs(self, mine: Client, caplog: pytest.LogCaptureFixture) -> None:
        with caplog.at_level(logging.DEBUG):
            mine.post("/profile/", FILLED)
            mine.post("/profile/", FILLED | {"birth_date-year": "18"})
        told = " ".join(record.getMessage() for record in caplog.records if "django.db" not in record.name)
        assert "Siti" not in told
        assert NIK not in told


class TestDefinition:
    def test_asks_for_exactly_the_facts_that_documents_may_name(self) -> None:
        (page,) = selectors.definition().pages
        assert {field.key for field in page.fields} == set(PROFILE)
        for field in page.fields:
            assert field.type in PROFILE[field.key], field.key
            assert field.required is False
            assert all(fieldtypes.known(kind) and faces.face(kind) for kind in PROFILE[field.key])
