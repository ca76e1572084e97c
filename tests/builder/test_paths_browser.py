"""A clerk reads what is odd about conditions, sees who sees what, and is asked before an answer goes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests import axe
from tests.builder.test_boxes_browser import held
from tests.builder.test_panel_browser import add

pytestmark = pytest.mark.browser


class TestPaths:
    def test_are_told_by_answer_and_odd_conditions_where_they_stand(self, panel: Page):
        add(panel, "Pilih satu", "Jenis acara")
        panel.get_by_label("Wajib diisi", exact=True).check()
        panel.get_by_label("Pilihan jawaban", exact=True).fill("Konser\nPasar malam\nHajatan")
        add(panel, "Angka bulat", "Jumlah hadir")
        add(panel, "Teks pendek", "Nama panggung")
        answers = panel.get_by_role("group", name="Jawaban", exact=True)
        panel.get_by_role("button", name="Munculkan hanya bila …").click()
        panel.get_by_label("Pertanyaan yang mana").select_option(label="1. Jenis acara")
        answers.get_by_role("button", name="Konser").click()
        expect(panel.locator(".b-inspector .b-doubt")).to_have_count(0)
        panel.get_by_role("button", name="Tambah syarat").click()
        panel.get_by_label("Pertanyaan yang mana").nth(1).select_option(label="1. Jenis acara")
        answers.nth(1).get_by_role("button", name="Hajatan").click()
        doubt = panel.locator(".b-inspector .b-doubt")
        expect(doubt).to_contain_text("Ini dan syarat 1 tidak mungkin benar bersamaan.")
        panel.get_by_label("Cara menggabungkan syarat").select_option("any")
        expect(doubt).to_have_count(0)
        panel.get_by_role("button", name="Hapus syarat 2").click()

        panel.get_by_role("button", name="Siapa melihat apa").click()
        table = panel.get_by_role("dialog", name="Siapa melihat apa")
        row = table.get_by_role("row", name="3. Nama panggung")
        expect(row.get_by_role("img")).to_have_count(3)
        said = [cell.get_attribute("aria-label") for cell in row.get_by_role("img").all()]
        assert said == ["ditampilkan", "tidak ditampilkan", "tidak ditampilkan"]
        expect(table.get_by_role("row")).to_have_count(2)
        table.get_by_label("Hanya yang berbeda").uncheck()
        expect(table.get_by_role("row")).to_have_count(5)
        found = axe.run(panel, context=".b-dialog", options=axe.BUILDER)
        assert found.violations_count == 0, found.generate_report()
        table.get_by_role("button", name="1. Jenis acara").focus()
        panel.keyboard.press("Enter")
        expect(panel.get_by_label("Kalimat pertanyaan")).to_have_value("Jenis acara")

        options = panel.get_by_label("Pilihan jawaban", exact=True)
        options.fill("Pasar malam\nHajatan")
        ask = panel.get_by_role("dialog")
        expect(ask).to_contain_text("“Nama panggung” akan selalu ditampilkan.")
        ask.get_by_role("button", name="Biarkan semua seperti semula").click()
        expect(options).to_have_value("Konser\nPasar malam\nHajatan")
        options.fill("Konser\nHajatan")
        expect(panel.get_by_role("dialog")).to_have_count(0)
        options.fill("Hajatan")
        panel.get_by_role("dialog").get_by_role("button", name="Lanjutkan").click()
        fields = held(panel)["pages"][0]["fields"]
        assert [option["value"] for option in fields[0]["options"]] == ["hajatan"]
        assert "visible" not in fields[2]
