"""Long lists and linked choices in a real browser: searched, narrowed and kept, with a script and without."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from runtime.regions.models import Region
from tests.runtime.forms import lists
from tests.runtime.forms.asking import Asked
from tests.runtime.forms.lists import BELONGS, INLINE, LARGE, PARENT

pytestmark = pytest.mark.browser
Ask = Callable[..., Asked]
LINKED = {**LARGE, "filter": BELONGS}
FEE: dict[str, Any] = {
    "key": "biaya",
    "type": "money",
    "label": {"id": "Biaya", "en": "Fee"},
    "calculate": {"attr": [{"var": "jalan"}, "tarif"]},
}
PARTS = lists.used("daftar_jalan")
SEARCH = {"id": "Cari di daftar", "en": "Search in the list"}


@pytest.fixture(autouse=True)
def streets(tangerang: Region) -> None:
    lists.imported(tangerang)


def look_for(page: Page, words: str, *, script: bool, language: str = "id") -> None:
    """Type words; without a script press the button, too."""
    page.get_by_label(SEARCH[language]).fill(words)
    if not script:
        with page.expect_navigation():
            page.get_by_role("button", name={"id": "Cari", "en": "Search"}[language]).click()


def judge(asked: Asked) -> None:
    """Have the page judged; without a script nothing can run in it that would judge."""
    if asked.javascript:
        asked.judge()


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
class TestLargeList:
    @pytest.mark.parametrize("language", ["id", "en"])
    def test_is_searched_and_what_was_chosen_stays(self, ask: Ask, script: bool, language: str) -> None:
        asked = ask([LARGE], parts=PARTS, javascript=script, language=language)
        page = asked.page
        expect(page.get_by_role("radio")).to_have_count(0)
        judge(asked)
        look_for(page, "taman melati", script=script, language=language)
        expect(page.get_by_role("radio")).to_have_count(20)
        expect(page.get_by_text(re.compile(r"1[.,]180"))).to_be_visible()
        judge(asked)
        look_for(page, "melati 4711", script=script, language=language)
        expect(page.get_by_role("radio")).to_have_count(1)
        page.get_by_label("Jalan Melati 4711").check()
        look_for(page, "taman", script=script, language=language)
        expect(page.get_by_role("radio").first).to_be_checked()
        expect(page.get_by_label("Jalan Melati 4711")).to_be_checked()
        asked.go_on()
        asked.is_reviewed("Jalan Melati 4711")
        judge(asked)
        page.go_back()
        expect(page.get_by_label("Jalan Melati 4711")).to_be_checked()
        assert asked.answers() == {"jalan": "S4711"}

    def test_is_asked_for_until_something_is_chosen(self, ask: Ask, script: bool) -> None:
        asked = ask([LARGE], parts=PARTS, javascript=script)
        asked.go_on()
        asked.is_refused("Pilih jawaban untuk “Jalan”")
        judge(asked)
        if script:
            asked.page.wait_for_load_state("networkidle")  # the list of mistakes takes the focus first
        asked.page.get_by_role("alert").get_by_role("link").click()
        expect(asked.page.get_by_label(SEARCH["id"])).to_be_focused()
        look_for(asked.page, "tidak ada yang begini", script=script)
        expect(asked.page.get_by_text("Tidak ada yang ditemukan")).to_be_visible()
        look_for(asked.page, "melati 12000", script=script)
        asked.page.get_by_label("Taman Melati 12000").check()
        asked.go_on()
        assert asked.answers() == {"jalan": "S12000"}

    def test_takes_several_answers(self, ask: Ask, script: bool) -> None:
        asked = ask([{**LARGE, "type": "choices"}], parts=PARTS, javascript=script)
        for number in (5, 4711):
            look_for(asked.page, f"jalan melati {number}", script=script)
            asked.page.get_by_label(f"Jalan Melati {number}", exact=True).check()
        expect(asked.page.locator(":checked")).to_have_count(2)
        judge(asked)
        asked.go_on()
        assert sorted(asked.answers()["jalan"]) == ["S4711", "S5"]


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
class TestLinkedChoice:
    def test_of_the_region_follows_the_answer_above(self, ask: Ask, script: bool) -> None:
        asked = ask([PARENT, LINKED], parts=PARTS, javascript=script)
        page = asked.page
        expect(page.get_by_text("Jawab dulu “Kecamatan”")).to_be_visible()
        judge(asked)
        page.get_by_label("Benda").check()
        if not script:
            press(page, "Tampilkan pilihan yang cocok")
        expect(page.get_by_text("Jawab dulu")).to_be_hidden()
        expect(page.get_by_label("Jalan Melati 1", exact=True)).to_be_visible()
        expect(page.get_by_label("Jalan Melati 2", exact=True)).to_have_count(0)
        page.get_by_label("Jalan Melati 1", exact=True).check()
        judge(asked)
        page.get_by_label("Cibodas").check()
        if script:
            expect(page.get_by_label("Jalan Melati 2", exact=True)).to_be_visible()
            expect(page.get_by_label("Jalan Melati 1", exact=True)).to_have_count(0)
        else:
            asked.go_on()
            asked.is_refused("tidak cocok dengan “Kecamatan”")
        page.get_by_label("Jalan Melati 2", exact=True).check()
        asked.go_on()
        assert asked.answers() == {"kecamatan": "cibodas", "jalan": "S2"}

    def test_of_the_document_follows_the_answer_above(self, ask: Ask, script: bool) -> None:
        asked = ask([PARENT, INLINE], parts=lists.used("daftar_pasar"), javascript=script)
        page = asked.page
        expect(page.get_by_text("Jawab dulu “Kecamatan”")).to_be_visible()
        page.get_by_label("Cibodas").check()
        if not script:
            press(page, "Tampilkan pilihan yang cocok")
        expect(page.get_by_label("Pasar Baru")).to_be_visible()
        expect(page.get_by_label("Pasar Anyar")).to_have_count(0)
        page.get_by_label("Pasar Baru").check()
        judge(asked)
        page.get_by_label("Benda").check()
        if script:
            expect(page.get_by_label("Pasar Baru")).to_have_count(0)
        else:
            asked.go_on()
            asked.is_refused("tidak cocok dengan “Kecamatan”")
            judge(asked)
        page.get_by_label("Pasar Anyar").check()
        asked.go_on()
        assert asked.answers() == {"kecamatan": "benda", "pasar": "a"}

    def test_stands_in_rows(self, ask: Ask, script: bool) -> None:
        rows = {"key": "kios", "type": "repeat", "label": "Kios", "minItems": 2, "fields": [PARENT, LINKED]}
        asked = ask([rows], parts=PARTS, javascript=script)
        page = asked.page
        for place, name in enumerate(("Benda", "Cibodas")):
            page.get_by_label(name).nth(place).check()
            if not script:
                with page.expect_navigation():
                    page.locator(f"button[value='kios.{place}.jalan']").last.click()
        page.get_by_label("Jalan Melati 1", exact=True).check()
        page.get_by_label("Jalan Melati 2", exact=True).check()
        judge(asked)
        asked.go_on()
        assert asked.answers()["kios"] == [
            {"kecamatan": "benda", "jalan": "S1"},
            {"kecamatan": "cibodas", "jalan": "S2"},
        ]


class TestScript:
    def test_lets_formulas_read_the_row_that_was_chosen(self, ask: Ask) -> None:
        asked = ask([LARGE, FEE], parts=PARTS)
        look_for(asked.page, "melati 4711", script=True)
        asked.page.get_by_label("Jalan Melati 4711").check()
        expect(asked.page.get_by_text("Rp4.711.000")).to_be_visible()
        asked.go_on()
        asked.is_reviewed("Rp4.711.000")

    def test_leaves_the_button_when_the_line_is_lost(self, ask: Ask) -> None:
        page = ask([LARGE], parts=PARTS).page
        page.route("**/lists/**", lambda route: route.abort())
        look_for(page, "melati 4711", script=True)
        expect(page.get_by_text("Pencarian tidak mendapat jawaban")).to_be_visible()
        page.unroute("**/lists/**")
        press(page, "Cari")
        expect(page.get_by_label("Jalan Melati 4711")).to_be_visible()

    def test_finds_on_enter_and_stays_on_the_page(self, ask: Ask) -> None:
        page = ask([LARGE], parts=PARTS).page
        page.get_by_label(SEARCH["id"]).fill("melati 4711")
        page.get_by_label(SEARCH["id"]).press("Enter")
        expect(page.get_by_label("Jalan Melati 4711")).to_be_visible()
        expect(page.get_by_role("heading", level=1)).to_have_text("Isi")

    def test_puts_back_what_only_the_phone_had_kept(self, ask: Ask) -> None:
        asked = ask([PARENT, LINKED], parts=PARTS)
        page = asked.page
        page.route("**/autosave/", lambda route: route.abort())
        page.get_by_label("Benda").check()
        look_for(page, "jalan melati 4711", script=True)
        page.get_by_label("Jalan Melati 4711").check()
        expect(page.get_by_text("disimpan di HP ini")).to_be_visible()
        page.reload()
        expect(page.get_by_label("Jalan Melati 4711")).to_be_checked()
        asked.go_on()
        assert asked.answers() == {"kecamatan": "benda", "jalan": "S4711"}
