"""A script searches a list under a signed address: only what it was shown, only columns it may know."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from runtime.datasets import addresses
from runtime.datasets.models import Edition
from runtime.regions.models import Region
from tests import factories
from tests.conftest import ClientOn
from tests.runtime.forms import lists


@pytest.fixture
def edition(tangerang: Region) -> Edition:
    return lists.imported(tangerang, 300)


@pytest.fixture
def client(tangerang: Region, client_on: ClientOn) -> Client:
    made: Client = client_on(tangerang)
    return made


def at(edition: Edition, *columns: str, language: str = "id") -> str:
    return addresses.of(edition, columns, language)


class TestSearch:
    def test_gives_the_first_rows_and_how_many_more(self, client: Client, edition: Edition) -> None:
        told = client.get(at(edition), {"q": "taman"}).json()
        assert (len(told["found"]), told["more"]) == (20, 10)
        assert told["found"][0] == {"value": "S10", "label": "Taman Melati 10", "cells": {}}

    def test_tells_and_asks_only_columns_of_the_address(self, client: Client, edition: Edition) -> None:
        told = client.get(at(edition, "kecamatan"), {"c.kecamatan": "benda"}).json()
        assert told["found"][0]["cells"] == {"kecamatan": "benda"}
        assert client.get(at(edition, "kecamatan"), {"c.tarif": "1000"}).status_code == 400
        assert client.get(at(edition), {"c.kecamatan": "benda"}).status_code == 400

    def test_reads_cells_as_the_list_keeps_them(self, client: Client, edition: Edition) -> None:
        for text, wanted in (("7000", ["S7"]), ("7000.0", ["S7"]), ("7", []), ("x", [])):
            told = client.get(at(edition, "tarif"), {"c.tarif": text}).json()
            assert [row["value"] for row in told["found"]] == wanted, text
        told = client.get(at(edition, "value"), {"c.value": ["S7", "S9"]}).json()
        assert [row["value"] for row in told["found"]] == ["S7", "S9"]

    def test_may_be_kept_for_long_because_an_edition_never_changes(
        self, client: Client, edition: Edition
    ) -> None:
        kept = client.get(at(edition))["Cache-Control"]
        assert "public" in kept
        assert "max-age=31536000" in kept

    @pytest.mark.parametrize("query", [{"q": "x" * 101}, {"c.kecamatan": ["benda"] * 201}])
    def test_refuses_what_is_too_much(self, client: Client, edition: Edition, query: Any) -> None:
        assert client.get(at(edition, "kecamatan"), query).status_code == 400

    def test_knows_no_address_that_it_did_not_give(self, client: Client, edition: Edition) -> None:
        name = addresses.named(edition, ("kecamatan",))
        forged = (
            name[:-1] + ("a" if name[-1] != "a" else "b"),
            name.replace("kecamatan", "tarif"),
            f"{edition.pk}.{edition.digest[:12]}",
            "x",
        )
        for one in forged:
            assert client.get(f"/lists/{one}/id/").status_code == 404, one

    def test_is_the_regions_own(self, edition: Edition, poso: Region, client_on: ClientOn) -> None:
        assert client_on(poso).get(at(edition)).status_code == 404

    def test_reaches_what_a_region_above_shares(self, tangerang: Region, client_on: ClientOn) -> None:
        province = factories.tenant("banten", kind=Region.Kind.PROVINCE)
        Region.objects.filter(pk=tangerang.pk).update(parent=province)
        shared = lists.imported(province, 30)
        assert client_on(tangerang).get(at(shared), {"q": "melati 7"}).json()["found"][0]["value"] == "S7"

    def test_changes_nothing(self, client: Client, edition: Edition) -> None:
        assert client.post(at(edition)).status_code == 405

    def test_may_be_asked_only_so_often(self, client: Client, edition: Edition, settings: Any) -> None:
        settings.RAKIT_LIMITS = {**settings.RAKIT_LIMITS, "lists": 1}
        assert client.get(at(edition)).status_code == 200
        refused = client.get(at(edition))
        assert refused.status_code == 429
        assert int(refused["Retry-After"]) <= 60
