"""What a phone keeps of a region's site: nothing personal, and nothing once it is switched off (T27)."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from runtime.look.offline import MARK
from runtime.regions.models import Region, User
from tests import factories
from tests.conftest import ClientOn

pytestmark = pytest.mark.django_db


def settings_of(client: Client) -> dict[str, Any]:
    """Read what the service worker was told."""
    first = client.get("/sw.js").content.decode().split("\n", 1)[0]
    found: dict[str, Any] = json.loads(first.removeprefix("const SETTINGS = ").removesuffix(";"))
    return found


class TestServiceWorker:
    def test_stands_at_the_root_of_each_host_with_a_cache_of_its_own(
        self, tangerang: Region, poso: Region, client_on: ClientOn
    ) -> None:
        poso.theme = {"brand": "#7a1f2b"}
        poso.save()
        answer = client_on(tangerang).get("/sw.js")
        assert answer["Content-Type"] == "text/javascript"
        assert answer["Cache-Control"].startswith("public")
        names = {settings_of(client_on(region))["cache"] for region in (tangerang, poso)}
        assert len(names) == 2

    def test_keeps_under_another_name_what_has_changed(self, tangerang: Region, client_on: ClientOn) -> None:
        before = settings_of(client_on(tangerang))["cache"]
        tangerang.theme = {"brand": "#7a1f2b"}
        tangerang.save()
        assert settings_of(client_on(tangerang))["cache"] != before

    def test_fetches_in_advance_only_what_answers(self, tangerang: Region, client_on: ClientOn) -> None:
        client = client_on(tangerang)
        found = settings_of(client)
        for address in (*found["pages"].values(), found["looks"][2]):
            answer = client.get(address)
            assert answer.status_code == 200
            assert not answer.cookies, address

    def test_can_be_switched_off(self, tangerang: Region, client_on: ClientOn, settings: Any) -> None:
        settings.RAKIT_OFFLINE = False
        client = client_on(tangerang)
        assert settings_of(client)["on"] is False
        assert 'data-worker=""' in client.get("/").content.decode()


class TestOfflinePage:
    def test_speaks_both_languages_and_holds_nothing_of_its_reader(
        self, tangerang: Region, client_on: ClientOn, citizen: User
    ) -> None:
        client = client_on(tangerang, citizen)
        pages = {code: client.get(f"/offline/{code}/").content.decode() for code in ("id", "en")}
        assert "Tidak ada sambungan" in pages["id"]
        assert "There is no connection" in pages["en"]
        for page in pages.values():
            assert "csrfmiddlewaretoken" not in page
            assert "Kota Tangerang" in page
        assert client.get("/offline/xx/").status_code == 404


class TestMark:
    """T27: only a page that is the same for everybody may be kept by a phone."""

    def test_stands_on_public_pages_of_somebody_unknown(self, tangerang: Region, client_on: ClientOn) -> None:
        factories.installed(tangerang)
        client = client_on(tangerang)
        for path in ("/", "/services/", "/services/surat-domisili/"):
            assert client.get(path)[MARK] == "keep"
        assert client.get("/services/")[MARK] == "keep"  # with the guard's cookie alone

    def test_never_stands_on_a_page_of_somebody_known(
        self, tangerang: Region, client_on: ClientOn, citizen: User
    ) -> None:
        factories.installed(tangerang)
        known = [client_on(tangerang, citizen), client_on(tangerang), client_on(tangerang)]
        known[1].post("/services/surat-domisili/start/")
        known[2].cookies["messages"] = "x"
        for client in known:
            for path in ("/", "/services/", "/services/surat-domisili/"):
                assert MARK not in client.get(path)

    def test_never_stands_on_other_pages(self, tangerang: Region, client_on: ClientOn) -> None:
        factories.installed(tangerang)
        begun = client_on(tangerang).post("/services/surat-domisili/start/")["Location"]
        client = client_on(tangerang)
        for path in ("/track/", "/accounts/login/", begun, "/services/none/", "/sw.js"):
            assert MARK not in client.get(path, follow=True)


class TestManifest:
    def test_describes_the_region(self, tangerang: Region, client_on: ClientOn) -> None:
        tangerang.theme = {"brand": "#123456", "crest": "KT"}
        tangerang.save()
        client = client_on(tangerang)
        answer = client.get("/manifest.webmanifest")
        assert answer["Content-Type"] == "application/manifest+json"
        about = answer.json()
        assert (about["name"], about["theme_color"], about["scope"]) == ("Kota Tangerang", "#123456", "/")
        assert [each["name"] for each in about["shortcuts"]] == ["Lapor", "Status"]
        for each in about["shortcuts"]:
            assert client.get(each["url"]).status_code == 200
        for each in about["icons"]:
            picture = Image.open(io.BytesIO(client.get(each["src"]).content))
            assert f"{picture.width}x{picture.height}" == each["sizes"]
            assert picture.getpixel((2, 2)) == (0x12, 0x34, 0x56)
        assert {each["purpose"] for each in about["icons"]} == {"any", "maskable"}

    def test_changes_the_icon_with_the_theme(self, tangerang: Region, client_on: ClientOn) -> None:
        client = client_on(tangerang)
        before = client.get("/manifest.webmanifest").json()["icons"][0]["src"]
        tangerang.theme = {"crest": "XY"}
        tangerang.save()
        assert client.get("/manifest.webmanifest").json()["icons"][0]["src"] != before

    def test_has_no_icon_of_another_size(self, tangerang: Region, client_on: ClientOn) -> None:
        assert client_on(tangerang).get("/icon-100000.png").status_code == 404
