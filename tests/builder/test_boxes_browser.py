"""A clerk puts questions into groups and rows, moves them about, and gives them conditions."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.builder.test_panel_browser import add

pytestmark = pytest.mark.browser


def held(page: Page) -> dict[str, Any]:
    """Return the document as it would be saved now."""
    found: dict[str, Any] = json.loads(page.locator("[data-builder-target=document]").input_value())
    return found


def choose(page: Page, kind: str, words: str) -> None:
    """Choose a group or rows from the palette and write the heading."""
    page.locator(".b-palette").get_by_role("button", name=kind, exact=True).click()
    page.get_by_label("Judul bagian", exact=True).fill(words)


def until(page: Page, keys: list[str], but: str = "-") -> None:
    """Wait until the outline has these keys, `but` some: a key follows its label when the label is left."""
    for _try in range(50):
        if [key for key in outline(page) if but not in key] == keys:
            return
        page.wait_for_timeout(100)
    assert [key for key in outline(page) if but not in key] == keys


def outline(page: Page) -> list[str]:
    """Return the keys in the order of the document, those inside others with a / for each level."""

    def walk(items: list[dict[str, Any]], before: str) -> list[str]:
        return [
            key
            for item in items
            for key in (f"{before}{item['key']}", *walk(item.get("fields", []), f"{before}/"))
        ]

    return [key for part in held(page)["pages"] for key in walk(part["fields"], "")]


class TestBoxes:
    def test_take_questions_and_give_them_back(self, panel: Page):
        choose(panel, "Kelompok", "Pemohon")
        panel.get_by_label("Paling sedikit satu pertanyaan ini harus dijawab").check()
        add(panel, "Teks pendek", "Nama lengkap")
        panel.locator(".b-page__title").click()
        choose(panel, "Isian berulang", "Anak Anda")
        panel.get_by_label("Sebutan satu isian").fill("Anak")
        panel.get_by_label("Harus ada paling sedikit satu isian").check()
        panel.get_by_label("Paling banyak isian").fill("5")
        panel.get_by_label("Tampilan isian").select_option("table")
        add(panel, "Tanggal", "Tanggal lahir")
        panel.get_by_role("button", name="Munculkan hanya bila …").click()
        add(panel, "Teks pendek", "Alamat")
        panel.locator(".b-question__main", has_text="Alamat").click()
        until(panel, ["group", "/nama_lengkap", "anak_anda", "/name", "/tanggal_lahir", "/alamat"])
        rows = held(panel)["pages"][0]["fields"][1]
        assert (rows["required"], rows["maxItems"], rows["style"]) == (True, 5, "table")
        assert rows["fields"][1]["visible"] == {"answered": [{"var": "name"}]}
        assert held(panel)["pages"][0]["fields"][0]["required"] is True

        panel.get_by_role("button", name="Keluarkan dari: Anak Anda").click()
        expect(panel.locator(".b-status")).to_contain_text("urutan 3")
        panel.get_by_role("button", name="Masukkan ke: Anak Anda").click()
        expect(panel.locator(".b-status")).to_contain_text("di “Anak Anda”")
        panel.get_by_role("button", name="Gandakan", exact=True).click()
        assert outline(panel)[-1] == "/alamat_2"
        panel.get_by_role("button", name="Hapus", exact=True).click()
        assert outline(panel)[-1] == "/alamat"
        for _step in range(4):
            panel.get_by_role("button", name="Urungkan").click()
        assert outline(panel)[-1] == "/alamat"

    def test_are_never_put_where_the_format_refuses_them(self, panel: Page):
        choose(panel, "Kelompok", "Luar")
        choose(panel, "Kelompok", "Dalam")
        assert outline(panel) == ["group", "group_2"]
        expect(panel.get_by_role("button", name="Masukkan ke")).to_have_count(0)
        for words in ("Satu", "Dua", "Tiga"):
            choose(panel, "Isian berulang", words)
        panel.locator(".b-question__main", has_text="Tiga").click()
        until(panel, ["group", "group_2", "/satu", "//dua", "//tiga"], but="name")

    def test_lead_from_a_problem_to_the_question_in_a_row(self, panel: Page):
        choose(panel, "Isian berulang", "Anak")
        add(panel, "Pilih satu", "Pendidikan")
        panel.locator(".b-question__main").first.click()
        panel.get_by_role("tab", name="Terbitkan").click()
        panel.locator(".b-problem--error button", has_text="Pendidikan").first.click()
        expect(panel.get_by_label("Kalimat pertanyaan")).to_have_value("Pendidikan")
        expect(panel.locator(".b-inspector .b-faults li")).to_have_count(1)
