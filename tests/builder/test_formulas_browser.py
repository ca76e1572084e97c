"""A clerk lets answers be worked out, shares a list with fees, and puts ready-made groups in."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests import axe
from tests.builder.test_boxes_browser import held, outline
from tests.builder.test_governance_browser import shot
from tests.builder.test_panel_browser import add

pytestmark = pytest.mark.browser


class TestLists:
    def test_are_made_of_answers_and_carry_fees_that_formulas_use(self, panel: Page):
        add(panel, "Pilih satu", "Kelas kios")
        panel.get_by_label("Pilihan jawaban", exact=True).fill("Kelas A\nKelas B")
        panel.get_by_label("Asal pilihan jawaban").select_option("+")
        dialog = panel.get_by_role("dialog")
        dialog.get_by_label("Nama kolom").fill("Tarif per meter")
        dialog.get_by_label("Isi kolom").select_option("money")
        dialog.get_by_role("button", name="Tambahkan kolom").click()
        dialog.get_by_label("Tarif per meter untuk Kelas A").fill("15.000")
        dialog.get_by_label("Tarif per meter untuk Kelas B").fill("10000")
        dialog.get_by_role("button", name="Tambah baris").click()
        dialog.get_by_label("Jawaban di baris 3").fill("Kelas C")
        found = axe.run(panel, context=".b-dialog", options=axe.BUILDER)
        assert found.violations_count == 0, found.generate_report()
        dialog.get_by_role("button", name="Selesai").click()
        expect(dialog).to_have_count(0)
        (list_,) = held(panel)["datasets"].values()
        assert [item["value"] for item in list_["items"]] == ["kelas_a", "kelas_b", "kelas_c"]
        assert [item.get("tarif_per_meter") for item in list_["items"]] == [15000, 10000, None]

        add(panel, "Angka bulat", "Luas kios")
        add(panel, "Uang", "Retribusi")
        panel.get_by_label("Siapa yang menjawab?").select_option("fee")
        expect(panel.locator(".b-inspector .b-echo")).to_contain_text("Dihitung sebagai Luas kios ×")
        fee = held(panel)["pages"][0]["fields"][-1]
        assert fee["calculate"] == {
            "*": [{"var": "luas_kios"}, {"attr": [{"var": "kelas_kios"}, "tarif_per_meter"]}]
        }
        panel.get_by_label("Siapa yang menjawab?").select_option("times")
        panel.get_by_label("Kali angka ini").fill("1500")
        panel.get_by_label("Dibulatkan ke berapa desimal").fill("0")
        fee = held(panel)["pages"][0]["fields"][-1]
        assert fee["calculate"] == {"round": [{"*": [{"var": "luas_kios"}, 1500]}, 0]}

        add(panel, "Uang", "Bantuan")
        panel.get_by_label("Siapa yang menjawab?").select_option("chain")
        panel.get_by_label("Mulai dengan").select_option(label="angka yang ditulis di sini")
        expect(panel.locator(".b-inspector .b-faults")).to_contain_text("Masih ada jumlah")
        panel.get_by_label("Angkanya").fill("2000000")
        panel.get_by_label("Angka yang mana").select_option(label="3. Retribusi")
        panel.get_by_role("button", name="Tambah langkah hitungan").click()
        second = panel.get_by_role("group", name="Langkah hitungan 2")
        second.get_by_label("Diapakan").select_option(label="dibagi")
        second.get_by_label("Angkanya").fill("2")
        panel.get_by_label("Hasilnya paling sedikit (boleh kosong)").fill("0")
        expect(panel.locator(".b-inspector .b-faults li")).to_have_count(0)
        less = {"-": [2000000, {"var": "retribusi"}]}
        aid = held(panel)["pages"][0]["fields"][-1]
        assert aid["calculate"] == {"max": [{"/": [less, 2, 6]}, 0]}
        shot(panel, "formula-steps")
        found = axe.run(panel, context=".b-panel", options=axe.BUILDER)
        assert found.violations_count == 0, found.generate_report()
        panel.get_by_role("tab", name="Terbitkan").click()
        expect(panel.locator(".b-fine")).to_be_visible()


class TestKits:
    def test_can_be_put_in_twice_and_published(self, panel: Page):
        for kit in ("Pemohon", "Anggota keluarga", "Saksi", "Kuasa", "Saksi"):
            panel.locator(".b-page__title").click()
            panel.locator(".b-palette").get_by_role("button", name=kit, exact=True).click()
        keys = [key for key in outline(panel) if not key.startswith("/")]
        assert keys == ["applicant", "family", "witnesses", "has_attorney", "attorney", "witnesses_2"]
        panel.get_by_role("tab", name="Terbitkan").click()
        expect(panel.locator(".b-fine")).to_be_visible()
        panel.get_by_role("tab", name="Pertanyaan").click()
        found = axe.run(panel, context=".b-panel", options=axe.BUILDER)
        assert found.violations_count == 0, found.generate_report()


class TestFormulas:
    def test_are_chosen_from_what_is_there_and_kept_when_they_are_richer(self, panel: Page):
        panel.locator(".b-palette").get_by_role("button", name="Isian berulang", exact=True).click()
        panel.get_by_label("Judul bagian", exact=True).fill("Barang")
        add(panel, "Angka bulat", "Jumlah")
        add(panel, "Uang", "Harga")
        panel.locator(".b-page__title").click()
        add(panel, "Uang", "Total")
        panel.get_by_label("Siapa yang menjawab?").select_option("rowsum")
        total = held(panel)["pages"][0]["fields"][-1]
        assert total["calculate"] == {
            "sum": [{"var": "barang"}, {"*": [{"var": "jumlah"}, {"var": "harga"}]}]
        }
        panel.get_by_role("group", name="Dari setiap isian").get_by_role("button", name="Jumlah").click()
        total = held(panel)["pages"][0]["fields"][-1]
        assert total["calculate"] == {"sum": [{"var": "barang"}, {"var": "harga"}]}
        panel.locator(".b-page__title").click()
        add(panel, "Tanggal", "Tanggal surat")
        panel.get_by_text("Pengaturan lain").click()
        panel.get_by_label("Jawaban awal").select_option("today")
        panel.get_by_label("Hanya ditampilkan").check()
        panel.get_by_label("Lebar", exact=True).select_option("half")
        day = held(panel)["pages"][0]["fields"][-1]
        assert (day["default"], day["readOnly"], day["width"]) == ({"today": []}, True, "half")
        panel.get_by_label("Jawaban awal").select_option("")
        assert "readOnly" not in held(panel)["pages"][0]["fields"][-1]
