"""Lists of areas in a real browser: one opens the next, with a script and without, in rows too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.runtime.forms.asking import Asked

pytestmark = pytest.mark.browser
REGION: dict[str, Any] = {
    "key": "asal",
    "type": "region",
    "label": {"id": "Daerah asal", "en": "Where you come from"},
    "help": {"id": "Sesuai kartu keluarga.", "en": "As on your family card."},
    "required": True,
}
ADDRESS: dict[str, Any] = {
    "key": "alamat",
    "type": "address",
    "label": {"id": "Alamat rumah", "en": "Home address"},
    "within": "36.71",
    "required": True,
    "privacy": "personal",
}
LOCATION: dict[str, Any] = {"key": "tempat", "type": "location", "label": {"id": "Tempat", "en": "Place"}}
POSO: dict[str, Any] = {
    "key": "catatan",
    "type": "text",
    "label": {"id": "Catatan", "en": "Note"},
    "visible": {"==": [{"attr": [{"var": "asal"}, "regency"]}, "72.02"]},
}
BUTTON = {"id": "Tampilkan daftar", "en": "Show the"}


@pytest.fixture(autouse=True)
def areas(db: None) -> None:
    factories.areas()


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_label(label).select_option(label=option)


class TestRegion:
    @pytest.mark.parametrize("language", ["id", "en"])
    def test_is_chosen_list_by_list(self, ask: Callable[..., Asked], language: str) -> None:
        asked = ask([REGION], language=language)
        page = asked.page
        names = {
            "id": ("Provinsi", "Kabupaten/kota", "Kecamatan", "Kelurahan/desa"),
            "en": ("Province", "Regency or city", "District", "Village"),
        }[language]
        expect(page.get_by_label(names[0])).to_have_value("36")
        expect(page.get_by_label(names[1])).to_have_value("36.71")
        expect(page.get_by_label(names[3])).to_be_hidden()
        expect(page.get_by_role("button", name=BUTTON[language])).to_be_hidden()
        asked.judge()
        asked.go_on()
        asked.is_refused({"id": "Daerah asal", "en": "Where you come from"}[language])
        asked.judge()
        page.wait_for_load_state("networkidle")  # the list of mistakes takes the focus first
        page.get_by_role("alert").get_by_role("link").click()
        expect(page.get_by_label(names[2])).to_be_focused()
        choose(page, names[0], "Sulawesi Tengah")
        expect(page.get_by_label(names[2])).to_be_hidden()
        choose(page, names[1], "Kabupaten Poso")
        choose(page, names[2], "Pamona Pusalemba")
        choose(page, names[3], "Uelene'e")
        asked.judge()
        asked.go_on()
        asked.is_reviewed("Uelene'e, Pamona Pusalemba, Kabupaten Poso, Sulawesi Tengah")
        assert asked.answers() == {"asal": "72.02.09.2001"}

    def test_lets_rules_follow_at_once(self, ask: Callable[..., Asked]) -> None:
        page = ask([REGION, POSO]).page
        choose(page, "Provinsi", "Sulawesi Tengah")
        choose(page, "Kabupaten/kota", "Kabupaten Poso")
        choose(page, "Kecamatan", "Poso Kota")
        expect(page.get_by_label("Catatan")).to_be_hidden()
        choose(page, "Kelurahan/desa", "Sukaasih")
        expect(page.get_by_label("Catatan")).to_be_visible()
        choose(page, "Provinsi", "Banten")
        expect(page.get_by_label("Catatan")).to_be_hidden()

    def test_offers_the_button_again_when_the_line_is_lost(self, ask: Callable[..., Asked]) -> None:
        page = ask([REGION]).page
        page.route("**/areas/**", lambda route: route.abort())
        choose(page, "Kecamatan", "Cibodas")
        expect(page.get_by_role("button", name="Tampilkan daftar kelurahan/desa")).to_be_visible()
        page.unroute("**/areas/**")
        with page.expect_navigation():
            page.get_by_role("button", name="Tampilkan daftar kelurahan/desa").click()
        choose(page, "Kelurahan/desa", "Uwung Jaya")

    def test_works_without_javascript(self, ask: Callable[..., Asked]) -> None:
        asked = ask([{"key": "nama", "type": "text", "label": "Nama"}, REGION], javascript=False)
        page = asked.page
        page.get_by_label("Nama").fill("Siti")
        choose(page, "Provinsi", "Sulawesi Tengah")
        for button, label, option in (
            ("Tampilkan daftar", "Kabupaten/kota", "Kabupaten Poso"),
            ("Tampilkan daftar", "Kecamatan", "Poso Kota"),
            ("Tampilkan daftar", "Kelurahan/desa", "Sukaasih"),
        ):
            with page.expect_navigation():
                page.get_by_role("button", name=button).click()
            expect(page.get_by_role("alert")).to_have_count(0)
            expect(page.get_by_label("Nama")).to_have_value("Siti")
            choose(page, label, option)
        asked.go_on()
        asked.is_reviewed("Sukaasih, Poso Kota, Kabupaten Poso, Sulawesi Tengah")
        assert asked.answers() == {"nama": "Siti", "asal": "72.02.01.1001"}

    def test_brings_the_next_list_also_when_going_on(self, ask: Callable[..., Asked]) -> None:
        asked = ask([REGION], javascript=False)
        choose(asked.page, "Kecamatan", "Tangerang")
        asked.go_on()
        asked.is_refused("Pilih kelurahan/desa")
        choose(asked.page, "Kelurahan/desa", "Sukarasa")
        asked.go_on()
        assert asked.answers() == {"asal": "36.71.01.1001"}


class TestAddress:
    @pytest.mark.parametrize("language", ["id", "en"])
    def test_is_asked_part_by_part(self, ask: Callable[..., Asked], language: str) -> None:
        asked = ask([ADDRESS], language=language)
        page = asked.page
        names = {
            "id": ("Jalan dan nomor rumah", "Kecamatan", "Kelurahan/desa", "Kode pos"),
            "en": ("Street and house number", "District", "Village", "Postal code"),
        }[language]
        asked.judge()
        page.get_by_label("RT").fill("3")
        asked.go_on()
        asked.is_refused({"id": "Tulis nama jalan", "en": "Write the street"}[language])
        page.wait_for_load_state("networkidle")  # the list of mistakes takes the focus first
        page.get_by_role("alert").get_by_role("link").click()
        expect(page.get_by_label(names[0])).to_be_focused()
        page.get_by_label(names[0]).fill("Jl. Merdeka 5")
        page.get_by_label("RW").fill("12")
        choose(page, names[1], "Tangerang")
        choose(page, names[2], "Sukarasa")
        page.get_by_label(names[3]).fill("15111")
        asked.judge()
        asked.go_on()
        asked.is_reviewed("Jl. Merdeka 5, RT 003 RW 012, Sukarasa, Tangerang, Kota Tangerang, Banten 15111")
        assert asked.answers()["alamat"] == {
            "street": "Jl. Merdeka 5",
            "rt": "003",
            "rw": "012",
            "region": "36.71.01.1001",
            "postcode": "15111",
        }


class TestLocation:
    def test_asks_for_words_beside_the_village(self, ask: Callable[..., Asked]) -> None:
        asked = ask([LOCATION])
        choose(asked.page, "Kecamatan", "Tangerang")
        choose(asked.page, "Kelurahan/desa", "Sukarasa")
        asked.go_on()
        asked.is_refused("Sebutkan")
        asked.judge()
