"""Several questions at once, questions for another service, and answers from a sheet."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import Page, expect

from tests import axe
from tests.builder.test_boxes_browser import held, outline, until
from tests.builder.test_panel_browser import add

pytestmark = pytest.mark.browser


def look(page: Page, name: str) -> None:
    """Take a picture where somebody wants to look, in both widths."""
    if folder := os.environ.get("LOOK"):
        for width in (1024, 1366):
            page.set_viewport_size({"width": width, "height": 768})
            page.screenshot(path=f"{folder}/{name}-{width}.png")


def judge(page: Page, context: str) -> None:
    found = axe.run(page, context=context, options=axe.BUILDER)
    assert found.violations_count == 0, found.generate_report()


class TestSeveral:
    def test_move_copy_and_go_to_another_service(self, panel: Page):
        add(panel, "Pilih satu", "Jenis")
        panel.get_by_label("Pilihan jawaban", exact=True).fill("Konser\nPasar")
        add(panel, "Teks pendek", "Alasan")
        panel.get_by_role("button", name="Munculkan hanya bila …").click()
        panel.locator(".b-condition .b-answer", has_text="Konser").click()
        add(panel, "Teks pendek", "Catatan")
        panel.locator(".b-palette").get_by_role("button", name="Tambah halaman").click()
        until(panel, ["jenis", "alasan", "catatan"])

        panel.get_by_role("button", name="Pilih beberapa pertanyaan").press("Enter")
        expect(panel.get_by_label("Pilih: Jenis")).to_be_focused()
        panel.keyboard.press("Space")
        panel.get_by_label("Pilih: Alasan").press("Space")
        expect(panel.locator(".b-pickbar__count")).to_have_text("2 dipilih")
        judge(panel, ".b-list")
        look(panel, "picking")
        before = held(panel)
        panel.get_by_label("Pindahkan ke …").select_option("1")
        expect(panel.locator(".b-status")).to_contain_text("2 pertanyaan dipindahkan")
        assert [[field["key"] for field in page["fields"]] for page in held(panel)["pages"]] == [
            ["catatan"],
            ["jenis", "alasan"],
        ]
        panel.get_by_role("button", name="Urungkan").click()
        assert held(panel) == before

        panel.locator(".b-pickbar").get_by_role("button", name="Gandakan").click()
        assert outline(panel) == ["jenis", "alasan", "jenis_2", "alasan_2", "catatan"]
        assert '"jenis_2"' in str(held(panel)["pages"][0]["fields"][3]["visible"]).replace("'", '"')
        panel.locator(".b-pickbar").get_by_role("button", name="Hapus").click()
        assert held(panel) == before

        panel.locator(".b-question__main", has_text="Alasan").click(modifiers=["Control"])
        panel.locator(".b-pickbar").get_by_role("button", name="Salin").click()
        expect(panel.locator(".b-status")).to_contain_text("1 pertanyaan disalin")
        panel.wait_for_timeout(300)
        panel.goto(panel.url.split("/admin/")[0] + "/admin/services/add/")
        panel.get_by_label("Judul layanan").fill("Layanan Lain")
        panel.get_by_role("button", name="Mulai menyusun").click()
        panel.get_by_role("button", name="Tempel pertanyaan").click()
        expect(panel.locator(".b-status")).to_contain_text("1 pertanyaan dimasukkan.")
        expect(panel.locator(".b-status")).to_contain_text("“Alasan” akan selalu ditampilkan.")
        assert outline(panel) == ["alasan"]
        assert "visible" not in held(panel)["pages"][0]["fields"][0]
        panel.locator(".b-question__main").focus()
        panel.evaluate(
            """() => document.activeElement.dispatchEvent(new ClipboardEvent("paste", {
                bubbles: true, cancelable: true, clipboardData: new DataTransfer()}))"""
        )
        expect(panel.locator(".b-question")).to_have_count(2)


def paste(page: Page, text: str) -> None:
    """Paste a text into what has the focus, as the keyboard does."""
    page.evaluate(
        """(text) => {
            const data = new DataTransfer(); data.setData("text/plain", text);
            document.activeElement.dispatchEvent(new ClipboardEvent("paste",
                {bubbles: true, cancelable: true, clipboardData: data}));
        }""",
        text,
    )


class TestPalette:
    def test_finds_kinds_and_tells_who_uses_an_answer(self, panel: Page):
        search = panel.get_by_label("Cari jenis pertanyaan")
        search.fill("lahir")
        expect(panel.locator(".b-palette .b-choice:visible")).to_have_text(["Tanggal"])
        search.fill("tidak ada yang begini")
        expect(panel.locator(".b-palette .b-choice:visible")).to_have_count(0)
        expect(panel.get_by_text("Tidak ada jenis dengan kata ini.")).to_be_visible()
        judge(panel, ".b-palette")
        search.fill("pilih satu")
        panel.keyboard.press("Enter")
        expect(panel.get_by_label("Kalimat pertanyaan")).to_be_focused()
        expect(search).to_have_value("")
        panel.get_by_label("Kalimat pertanyaan").fill("Jenis")
        panel.get_by_label("Pilihan jawaban", exact=True).fill("Konser\nPasar")
        add(panel, "Teks pendek", "Alasan")
        panel.get_by_role("button", name="Munculkan hanya bila …").click()
        panel.locator(".b-condition .b-answer", has_text="Konser").click()
        panel.locator(".b-question__main", has_text="Jenis").first.click()
        used = panel.locator(".b-inspector .b-used")
        expect(used).to_have_text("2. Alasan")
        look(panel, "used")
        used.get_by_role("button").press("Enter")
        expect(panel.get_by_label("Kalimat pertanyaan")).to_have_value("Alasan")
        expect(panel.locator(".b-question--on .b-question__main")).to_be_focused()


class TestBank:
    def test_keeps_questions_for_the_services_of_the_region(self, panel: Page):
        add(panel, "Pilih satu", "Jenis")
        save = panel.get_by_role("dialog", name="Simpan ke bank pertanyaan")
        panel.locator(".b-question__main").click(modifiers=["Control"])
        panel.locator(".b-pickbar").get_by_role("button", name="Simpan ke bank").click()
        expect(save.get_by_label("Nama di bank pertanyaan")).to_have_value("Jenis")
        panel.keyboard.press("Enter")
        expect(save.get_by_role("alert")).to_contain_text("Perbaiki dahulu")
        judge(panel, "dialog")
        panel.keyboard.press("Escape")
        panel.get_by_label("Pilihan jawaban", exact=True).fill("Konser\nPasar")
        panel.locator(".b-pickbar").get_by_role("button", name="Simpan ke bank").click()
        save.get_by_label("Nama di bank pertanyaan").fill("Jenis acara")
        look(panel, "bank-save")
        save.get_by_role("button", name="Simpan", exact=True).click()
        expect(panel.locator(".b-status")).to_contain_text("“Jenis acara” ada di bank pertanyaan.")

        panel.locator(".b-palette").get_by_role("button", name="Bank pertanyaan").click()
        bank = panel.get_by_role("dialog", name="Bank pertanyaan")
        expect(bank.get_by_label("Cari nama")).to_be_focused()
        panel.keyboard.type("lain")
        expect(bank).to_contain_text("Tidak ada nama dengan kata ini.")
        bank.get_by_label("Cari nama").fill("acara")
        expect(bank.locator("li")).to_have_count(1)
        judge(panel, "dialog")
        look(panel, "bank")
        bank.get_by_role("button", name="Masukkan").click()
        expect(panel.locator(".b-status")).to_contain_text("“Jenis acara” dimasukkan.")
        assert outline(panel) == ["jenis", "jenis_2"]
        panel.locator(".b-palette").get_by_role("button", name="Bank pertanyaan").click()
        out = bank.get_by_role("button", name="Keluarkan dari bank pertanyaan: Jenis acara")
        out.dblclick()
        expect(bank.get_by_role("alert")).to_contain_text("Keluarkan “Jenis acara” dari bank pertanyaan?")
        judge(panel, "dialog")
        keep = bank.get_by_role("button", name="Jangan hapus")
        keep.click()
        expect(out).to_be_focused()
        panel.keyboard.press("Enter")
        expect(keep).to_be_focused()
        bank.get_by_role("button", name="Keluarkan", exact=True).click()
        expect(bank).to_contain_text("Belum ada yang disimpan.")


class TestLists:
    def test_from_a_sheet_are_looked_at_before_they_are_taken(self, panel: Page):
        add(panel, "Pilih satu", "Jenis")
        answers = panel.get_by_label("Pilihan jawaban", exact=True)
        answers.fill("Konser")
        answers.focus()
        paste(panel, "Konser\tA\nPasar malam\tB-2\nHajatan\tdua kata")
        window = panel.get_by_role("dialog", name="Tempel daftar")
        expect(window.get_by_text("2 jawaban baru ditemukan")).to_be_visible()
        expect(window).to_contain_text("sudah ada: “Konser”")
        judge(panel, "dialog")
        look(panel, "paste-list")
        window.get_by_role("button", name="Tambahkan 2 jawaban").click()
        expect(panel.get_by_role("button", name="Tempel daftar")).to_be_focused()
        options = held(panel)["pages"][0]["fields"][0]["options"]
        assert [option["value"] for option in options] == ["konser", "B-2", "hajatan"]

        panel.get_by_label("Pilihan jawaban", exact=True).focus()
        paste(panel, "\n".join(f"Baris {number}" for number in range(10_000)))
        expect(window.get_by_text("Ini 10.000 baris")).to_be_visible()
        expect(window.get_by_role("link")).to_have_attribute("href", "/admin/lists/")
        expect(window.get_by_role("button")).to_have_text(["Batal"])
        panel.keyboard.press("Escape")
        assert held(panel)["pages"][0]["fields"][0]["options"] == options
