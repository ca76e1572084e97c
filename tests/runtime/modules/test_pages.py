"""The public pages show what the region offers, and nothing of its neighbours."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client

from runtime.modules.models import Installation
from runtime.regions import scope
from runtime.regions.models import Region
from tests import factories
from tests.runtime import permit


@pytest.fixture
def client(tangerang: Region, client_on: Callable[..., Client]) -> Client:
    """A browser on a site with two services."""
    factories.installed(tangerang)
    factories.installed(tangerang, factories.starter("aduan-warga"))
    return client_on(tangerang)


class TestHome:
    """The front page."""

    def test_lists_services_with_time_and_cost(self, client: Client) -> None:
        page = client.get("/").content.decode()
        assert "Surat Keterangan Domisili" in page
        assert "hari kerja · Gratis" in page

    def test_shows_a_neighbour_nothing(
        self, client: Client, poso: Region, client_on: Callable[..., Client]
    ) -> None:
        assert "Domisili" not in client_on(poso).get("/").content.decode()

    def test_lists_the_regions_on_the_nations_host(
        self, tangerang: Region, poso: Region, client_on: Callable[..., Client]
    ) -> None:
        page = client_on(factories.nation()).get("/", headers={"host": "localhost:8000"}).content.decode()
        assert "http://tangerang.localhost:8000/" in page
        assert "http://poso.localhost:8000/" in page

    def test_leaves_out_what_a_service_says_nothing_of(self, client: Client, tangerang: Region) -> None:
        assert "Perlu diketahui" in client.get("/services/surat-domisili/").content.decode()
        bare = {**json.loads(factories.starter("surat-domisili")), "key": "izin", "standard": {}}
        factories.installed(tangerang, json.dumps(bare))
        page = client.get("/services/izin/").content.decode()
        assert "Alur layanan" in page
        assert "Perlu diketahui" not in page

    def test_allows_reading_only(self, client: Client) -> None:
        for path in ("/", "/services/", "/services/surat-domisili/"):
            assert client.post(path).status_code == 405


class TestCatalogue:
    """Search and shelves."""

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("?q=DOMISILI", ["surat-domisili"]),
            ("?q=certificate", ["surat-domisili"]),
            ("?category=complaints", ["aduan-warga"]),
            ("?category=complaints&q=domisili", []),
            ("?category=nonsense", []),
            ("?q=%00%3Cscript%3E", []),
        ],
    )
    def test_finds_by_words_and_shelf(self, client: Client, query: str, found: list[str]) -> None:
        assert [offer.key for offer in client.get(f"/services/{query}").context["offers"]] == found

    def test_shows_a_hostile_query_as_text(self, client: Client) -> None:
        page = client.get("/services/", {"q": '"><script>alert(1)</script>'}).content.decode()
        assert "<script>alert" not in page

    def test_hides_a_closed_service(self, client: Client, tangerang: Region) -> None:
        with scope.use(tangerang):
            Installation.objects.filter(key="aduan-warga").update(state="closed")
        assert [o.key for o in client.get("/services/").context["offers"]] == ["surat-domisili"]
        assert client.get("/services/aduan-warga/").status_code == 404


class TestService:
    """The page of one service."""

    def test_shows_the_standard_and_the_button(self, client: Client) -> None:
        page = client.get("/services/surat-domisili/").content.decode()
        for words in (
            "3 hari kerja",
            "Gratis",
            "Lurah atau kepala desa",
            "Undang-Undang Nomor 25 Tahun 2009",
        ):
            assert words in page
        assert 'action="/services/surat-domisili/start/"' in page

    def test_says_what_depends_on_the_answers(self, client: Client, tangerang: Region) -> None:
        document = json.loads(permit.as_text())
        (first, *_) = document["pages"]
        fee = {
            "key": "fee",
            "type": "money",
            "label": {"id": "Retribusi"},
            "calculate": {"*": [{"var": "age"}, 2]},
        }
        first["fields"].append(fee)
        document["pages"][1]["visible"] = {"==": [{"var": "reason"}, "b"]}
        factories.installed(tangerang, json.dumps(document))
        page = client.get("/services/izin/").content.decode()
        assert "Tergantung jawaban Anda" in page
        assert "Paling banyak 2 halaman" in page
        assert "biaya tergantung jawaban" in client.get("/services/").content.decode()

    def test_has_no_button_while_the_service_is_paused(self, client: Client, tangerang: Region) -> None:
        with scope.use(tangerang):
            Installation.objects.update(state="paused")
        page = client.get("/services/surat-domisili/")
        assert page.status_code == 200
        assert "/start/" not in page.content.decode()

    def test_knows_no_service_of_another_region(
        self, client: Client, poso: Region, client_on: Callable[..., Client]
    ) -> None:
        assert client_on(poso).get("/services/surat-domisili/").status_code == 404
        assert client.get("/services/none/").status_code == 404

    def test_shows_an_authors_hostile_text_as_text(self, client: Client, tangerang: Region) -> None:
        hostile = {"id": "<script>alert(1)</script>"}
        document = permit.as_text(title=hostile, summary=hostile, standard={"fee": hostile})
        factories.installed(tangerang, document)
        for path in ("/", "/services/", "/services/izin/"):
            assert "<script>alert" not in client.get(path).content.decode()
