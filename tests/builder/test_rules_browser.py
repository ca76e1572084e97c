"""A clerk says what answers must meet, when they must be given, and what people read otherwise."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import axe
from tests.builder.test_boxes_browser import held
from tests.builder.test_panel_browser import add

pytestmark = pytest.mark.browser


def row(page: Page, title: str) -> Locator:
    """Return the first row of the condition with this title."""
    return page.locator(".b-condition", has_text=title).get_by_role("group", name="Syarat 1")


def question(page: Page) -> dict:
    """Return the last question of the first page, as it would be saved."""
    found: dict = held(page)["pages"][0]["fields"][-1]
    return found


class TestRules:
    def test_of_a_question_are_written_with_their_words_and_taken_out_again(self, panel: Page):
        add(panel, "Rentang tanggal", "Masa cuti")
        add(panel, "Tanggal", "Tanggal masuk")
        panel.get_by_role("button", name="Terima hanya bila …").click()
        check = row(panel, "Syarat jawaban")
        check.get_by_label("Perbandingan").select_option("after")
        check.get_by_label("Dibandingkan dengan").select_option(label="Masa cuti: hari terakhir")
        panel.get_by_label("Yang dibaca pemohon bila tidak diterima").fill("Pilih hari sesudah cuti.")
        panel.get_by_role("button", name="Wajib diisi hanya bila …").click()
        needed = row(panel, "Kapan wajib diisi?")
        needed.get_by_label("Bagian yang mana").select_option(label="hari pertama")
        needed.get_by_label("Dibandingkan dengan").select_option(label="hari ini")
        expect(panel.get_by_label("Wajib diisi", exact=True)).to_have_count(0)
        made = question(panel)
        assert made["check"] == {">": [{"var": "tanggal_masuk"}, {"attr": [{"var": "masa_cuti"}, "to"]}]}
        assert made["messages"] == {"check": {"id": "Pilih hari sesudah cuti."}}
        assert made["required"] == {">=": [{"attr": [{"var": "masa_cuti"}, "from"]}, {"today": []}]}
        expect(panel.locator(".b-inspector")).to_contain_text(
            "Diterima hanya bila “Tanggal masuk” sesudah Masa cuti: hari terakhir."
        )
        found = axe.run(panel, context=".b-inspector", options=axe.BUILDER)
        assert found.violations_count == 0, found.generate_report()
        panel.get_by_role("tab", name="Terbitkan").click()
        expect(panel.locator(".b-fine")).to_be_visible()
        panel.get_by_role("tab", name="Pertanyaan").click()

        for title in ("Syarat jawaban", "Kapan wajib diisi?"):
            panel.locator(".b-condition", has_text=title).get_by_role("button", name="Hapus syarat 1").click()
        assert not {"check", "messages", "required"} & set(question(panel))
        expect(panel.get_by_label("Wajib diisi", exact=True)).to_be_visible()

    def test_of_entries_and_pages_look_into_rows(self, panel: Page):
        panel.locator(".b-palette").get_by_role("button", name="Isian berulang", exact=True).click()
        panel.get_by_label("Judul bagian", exact=True).fill("Barang")
        add(panel, "Angka bulat", "Jumlah")
        panel.locator(".b-question__main", has_text="Barang").first.click()
        panel.locator(".b-condition", has_text="Syarat setiap isian").get_by_role(
            "button", name="Terima hanya bila …"
        ).click()
        each = row(panel, "Syarat setiap isian")
        each.get_by_label("Pertanyaan yang mana").select_option(label="1.2. Jumlah")
        each.get_by_label("Jawaban", exact=True).fill("1")
        panel.get_by_label("Yang dibaca pemohon bila tidak diterima").fill("Isi jumlahnya.")
        assert question(panel)["row"] == {
            "check": {">=": [{"var": "jumlah"}, 1]},
            "messages": {"check": {"id": "Isi jumlahnya."}},
        }
        panel.locator(".b-page__title").click()
        panel.get_by_role("button", name="Terima hanya bila …").click()
        whole = row(panel, "Syarat untuk semua jawaban di halaman ini")
        whole.get_by_label("Bagian yang mana").select_option(label="jumlah “Jumlah” dari semua isian")
        whole.get_by_label("Perbandingan").select_option("at_most")
        whole.get_by_label("Jawaban", exact=True).fill("100")
        assert held(panel)["pages"][0]["check"] == {
            "<=": [{"sum": [{"var": "barang"}, {"var": "jumlah"}]}, 100]
        }
        whole.get_by_label("Bagian yang mana").select_option(label="pada paling sedikit satu isian")
        whole.get_by_label("Pertanyaan yang mana").nth(1).select_option(label="Jumlah")
        whole.get_by_label("Jawaban", exact=True).fill("5")
        assert held(panel)["pages"][0]["check"] == {
            "some": [{"var": "barang"}, {">=": [{"var": "jumlah"}, 5]}]
        }
        found = axe.run(panel, context=".b-inspector", options=axe.BUILDER)
        assert found.violations_count == 0, found.generate_report()
        panel.locator(".b-question__main", has_text="Barang").first.click()
        panel.locator(".b-condition", has_text="Syarat setiap isian").get_by_role(
            "button", name="Hapus syarat 1"
        ).click()
        assert "row" not in question(panel)
        panel.get_by_role("tab", name="Terbitkan").click()
        expect(panel.locator(".b-fine")).to_be_visible()

    def test_that_rows_cannot_show_are_said_and_kept(self, panel: Page):
        add(panel, "Angka bulat", "Hadir")
        panel.evaluate(
            """() => {
              const panel = document.querySelector(".b-panel");
              const { store } = window.wagtail.app.getControllerForElementAndIdentifier(panel, "builder");
              store.apply((doc) => {
                doc.pages[0].fields[0].check = {">": [{"+": [{"var": "hadir"}, 1]}, 5]};
                doc.pages[0].fields[0].messages = {"check": {"id": "Terlalu sedikit."}};
              });
            }"""
        )
        kept = panel.locator(".b-condition", has_text="Syarat jawaban")
        expect(kept).to_contain_text("Diterima bila Hadir + 1 lebih dari 5")
        panel.get_by_label("Petunjuk", exact=True).fill("Termasuk panitia")
        assert question(panel)["check"] == {">": [{"+": [{"var": "hadir"}, 1]}, 5]}
        panel.get_by_label("Yang dibaca pemohon bila tidak diterima").fill("Kurang.")
        assert question(panel)["messages"] == {"check": {"id": "Kurang."}}
        kept.get_by_role("button", name="Hapus syarat").click()
        assert not {"check", "messages"} & set(question(panel))

    def test_take_the_own_words_of_the_clerk(self, panel: Page):
        add(panel, "NIK", "NIK pemohon")
        panel.get_by_text("Pengaturan lain").click()
        panel.get_by_label("Bila jawaban tidak dapat dibaca").fill("Periksa KTP Anda.")
        panel.get_by_label("Bila jawaban belum diisi").fill("NIK ada di KTP.")
        assert question(panel)["messages"] == {
            "format": {"id": "Periksa KTP Anda."},
            "required": {"id": "NIK ada di KTP."},
        }
        panel.get_by_label("Bila jawaban belum diisi").fill("")
        panel.get_by_label("Bila jawaban tidak dapat dibaca").fill("")
        assert "messages" not in question(panel)


class TestFirstAnswers:
    def test_are_worked_out_by_a_formula(self, panel: Page):
        add(panel, "Angka bulat", "Dewasa")
        add(panel, "Angka bulat", "Anak")
        add(panel, "Angka bulat", "Semua tamu")
        panel.get_by_text("Pengaturan lain").click()
        panel.get_by_label("Jawaban awal").select_option("sum")
        assert question(panel)["default"] == {"+": [{"var": "dewasa"}, {"var": "anak"}]}
        panel.get_by_label("Jawaban awal").select_option("times")
        panel.get_by_label("Dikali angka ini").fill("2,5")
        assert question(panel)["default"] == {"*": [{"var": "anak"}, "2.5"]}
        panel.get_by_label("Jawaban awal").select_option("")
        assert "default" not in question(panel)
