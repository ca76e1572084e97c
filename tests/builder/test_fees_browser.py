"""A clerk puts a fee together from tables, and tries it and a condition with sample answers."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import axe
from tests.builder.test_boxes_browser import held
from tests.builder.test_governance_browser import shot
from tests.builder.test_panel_browser import add

pytestmark = pytest.mark.browser


def example(panel: Page, number: int) -> Locator:
    return panel.get_by_role("group", name=f"Contoh {number}", exact=True)


class TestFees:
    def test_are_made_of_tables_and_shown_in_rupiah_beside(self, panel: Page):
        add(panel, "Pilih satu", "Jenis acara")
        panel.get_by_label("Pilihan jawaban", exact=True).fill("Konser\nPasar malam")
        add(panel, "Angka bulat", "Luas lahan")
        add(panel, "Ya atau tidak", "Acara sosial")
        panel.get_by_role("button", name="Munculkan hanya bila …").click()
        panel.get_by_label("Pertanyaan yang mana").select_option(label="1. Jenis acara")
        panel.get_by_role("group", name="Jawaban", exact=True).get_by_role("button", name="Konser").click()
        tried = panel.get_by_role("group", name="Coba dengan contoh jawaban")
        expect(tried.get_by_role("status")).to_have_text("Dengan jawaban ini: ditampilkan")
        tried.get_by_label("Jenis acara").select_option(label="Pasar malam")
        expect(tried.get_by_role("status")).to_have_text("Dengan jawaban ini: tidak ditampilkan")
        tried.get_by_label("Jenis acara").select_option(label="belum dijawab")
        expect(tried.get_by_role("status")).to_contain_text("ada yang belum dijawab")

        add(panel, "Uang", "Retribusi")
        panel.get_by_label("Siapa yang menjawab?").select_option("tariff")
        panel.get_by_label("Tarif untuk Konser").fill("1500000")
        panel.get_by_label("Tarif untuk Pasar malam").fill("Rp 75.000")
        expect(example(panel, 1).get_by_role("status")).to_have_text("Retribusi: Rp1.500.000")
        expect(example(panel, 2).get_by_role("status")).to_have_text("Retribusi: Rp75.000")
        expect(panel.get_by_label("Tarif untuk Konser")).to_have_value("1.500.000")

        panel.get_by_role("button", name="Tambah bagian biaya").click()
        panel.get_by_label("Besarnya").nth(1).select_option("bands")
        panel.get_by_label("Batas 1", exact=True).fill("100")
        panel.get_by_label("Tarif sampai batas 1", exact=True).fill("50000")
        panel.get_by_role("button", name="Tambah tingkat").click()
        panel.get_by_label("Batas 2", exact=True).fill("90")
        expect(panel.get_by_text("Batas harus naik")).to_be_visible()
        panel.get_by_label("Batas 2", exact=True).fill("500")
        expect(panel.get_by_text("Batas harus naik")).to_be_hidden()
        empty = panel.locator(".b-tariff input:placeholder-shown")
        expect(empty).to_have_count(2)
        expect(panel.locator(".b-inspector .b-faults")).to_contain_text("Masih ada jumlah")
        panel.get_by_label("Tarif sampai batas 2", exact=True).fill("90000")
        panel.get_by_label("Tarif di atas batas terakhir").fill("250000")
        expect(panel.locator(".b-inspector .b-faults li")).to_have_count(0)
        panel.get_by_role("button", name="Gratis bila …").click()
        panel.get_by_label("Pertanyaan yang mana").select_option(label="3. Acara sosial")
        expect(panel.locator(".b-inspector .b-echo")).to_have_text("Gratis bila “Acara sosial” adalah ya.")

        example(panel, 1).get_by_label("Luas lahan").fill("501")
        expect(example(panel, 1).get_by_role("status")).to_have_text("Retribusi: Rp1.750.000")
        example(panel, 1).get_by_label("Acara sosial").select_option(label="ya")
        expect(example(panel, 1).get_by_role("status")).to_have_text("Retribusi: Rp0")
        jenis, luas = {"var": "jenis_acara"}, {"var": "luas_lahan"}
        assert held(panel)["pages"][0]["fields"][-1]["calculate"] == {
            "if": [
                {"default": [{"==": [{"var": "acara_sosial"}, True]}, False]},
                0,
                {
                    "+": [
                        {"if": [{"==": [jenis, "konser"]}, 1500000, 75000]},
                        {"if": [{"<=": [luas, 100]}, 50000, {"if": [{"<=": [luas, 500]}, 90000, 250000]}]},
                    ]
                },
            ]
        }
        panel.get_by_role("button", name="Tambah potongan/tambahan (%)").click()
        expect(panel.locator(".b-inspector .b-faults")).to_contain_text("Masih ada jumlah")
        panel.get_by_label("Berapa persen").fill("12,5")
        expect(panel.locator(".b-inspector .b-faults li")).to_have_count(0)
        example(panel, 1).get_by_label("Acara sosial").select_option(label="tidak")
        expect(example(panel, 1).get_by_role("status")).to_have_text("Retribusi: Rp1.531.250")
        panel.get_by_label("Potongan atau tambahan").select_option(label="tambahan")
        panel.get_by_role("button", name="Berlaku hanya bila …").click()
        panel.get_by_role("group", name="Persen 1").get_by_label("Pertanyaan yang mana").select_option(
            label="2. Luas lahan"
        )
        panel.get_by_role("group", name="Persen 1").get_by_label("Jawaban").fill("500")
        expect(example(panel, 1).get_by_role("status")).to_have_text("Retribusi: Rp1.968.750")
        panel.get_by_label("Paling banyak seluruhnya (boleh kosong)").fill("1900000")
        expect(example(panel, 1).get_by_role("status")).to_have_text("Retribusi: Rp1.900.000")
        shot(panel, "fee-percent")
        add(panel, "Teks pendek", "Nomor rekening")
        panel.get_by_role("button", name="Munculkan hanya bila …").click()
        panel.get_by_label("Pertanyaan yang mana").select_option(label="4. Retribusi")
        panel.get_by_label("Jawaban", exact=True).fill("100000")
        expect(tried.locator(".b-label, .b-try__given label")).to_have_text(
            ["Coba dengan contoh jawaban", "Jenis acara", "Luas lahan", "Acara sosial"]
        )
        tried.get_by_label("Jenis acara").select_option(label="Konser")
        tried.get_by_label("Luas lahan").fill("80")
        expect(tried).to_contain_text("Retribusi: Rp1.550.000")
        expect(tried.get_by_role("status")).to_contain_text("Dengan jawaban ini:")
        shot(panel, "worked-out")
        found = axe.run(panel, context=".b-panel", options=axe.BUILDER)
        assert found.violations_count == 0, found.generate_report()
        panel.get_by_role("tab", name="Terbitkan").click()
        expect(panel.locator(".b-fine")).to_be_visible()

    def test_are_charged_by_the_day_and_square_metre_the_last_day_counted(self, panel: Page):
        add(panel, "Tanggal", "Hari pertama")
        add(panel, "Tanggal", "Hari terakhir")
        add(panel, "Angka desimal", "Luas lapak (m²)")
        add(panel, "Uang", "Retribusi")
        panel.get_by_label("Siapa yang menjawab?").select_option("tariff")
        panel.get_by_label("Tarif", exact=True).fill("1500")
        panel.get_by_label("Dikalikan lagi dengan").select_option(label="jumlah hari di antara dua tanggal")
        echo = panel.locator(".b-inspector .b-echo")
        last = panel.get_by_label("Hari terakhir ikut dihitung")
        expect(last).to_be_checked()
        expect(panel.get_by_label("Dari", exact=True).locator("option:checked")).to_have_text(
            "1. Hari pertama"
        )
        expect(panel.get_by_label("Sampai", exact=True).locator("option:checked")).to_have_text(
            "2. Hari terakhir"
        )
        expect(example(panel, 1).get_by_role("status")).to_have_text("Retribusi: Rp4.500")
        example(panel, 1).get_by_label("Luas lapak").fill("12,5")
        example(panel, 1).get_by_label("Hari pertama").fill("2026-05-01")
        example(panel, 1).get_by_label("Hari terakhir").fill("2026-05-04")
        expect(example(panel, 1).get_by_role("status")).to_have_text("Retribusi: Rp75.000")
        days = {"days": [{"var": "hari_pertama"}, {"var": "hari_terakhir"}]}
        area = {"var": "luas_lapak_m2"}
        label = panel.locator(".b-question__label")
        label.filter(has_text="Hari terakhir").click()
        panel.get_by_role("button", name="Jangan terima tanggal yang lebih awal").click()
        assert held(panel)["pages"][0]["fields"][1]["check"] == {
            ">=": [{"var": "hari_terakhir"}, {"var": "hari_pertama"}]
        }
        expect(panel.get_by_role("button", name="Jangan terima tanggal yang lebih awal")).to_have_count(0)
        shot(panel, "fee-forwards")
        label.filter(has_text="Retribusi").click()
        fee = {"+": [{"*": [area, {"+": [days, 1]}, 1500]}]}
        assert held(panel)["pages"][0]["fields"][-1]["calculate"] == fee
        shot(panel, "fee-days")
        found = axe.run(panel, context=".b-panel", options=axe.BUILDER)
        assert found.violations_count == 0, found.generate_report()
        last.uncheck()
        expect(example(panel, 1).get_by_role("status")).to_have_text("Retribusi: Rp56.250")
        fee = {"+": [{"*": [area, days, 1500]}]}
        assert held(panel)["pages"][0]["fields"][-1]["calculate"] == fee
        panel.get_by_label("Siapa yang menjawab?").select_option("chain")
        panel.get_by_label("Angka yang mana").select_option(label="jumlah hari di antara dua tanggal")
        expect(panel.get_by_label("Hari terakhir ikut dihitung")).to_be_checked()
        expect(example(panel, 1)).to_be_visible()

        add(panel, "Angka bulat", "Lama")
        panel.get_by_label("Siapa yang menjawab?").select_option(label="dihitung: hari di antara dua tanggal")
        expect(echo).to_contain_text("sampai Hari terakhir (hari terakhir ikut dihitung)")
        panel.get_by_label("Hari terakhir ikut dihitung").uncheck()
        expect(echo).to_contain_text("sampai Hari terakhir (hari terakhir tidak dihitung)")
        assert held(panel)["pages"][0]["fields"][-1]["calculate"] == days
        panel.get_by_role("tab", name="Terbitkan").click()
        expect(panel.locator(".b-fine")).to_be_visible()

    def test_are_named_as_the_cost_where_the_clerk_says_so(self, panel: Page):
        add(panel, "Uang", "Nilai bangunan")
        add(panel, "Uang", "Retribusi")
        panel.get_by_label("Siapa yang menjawab?").select_option("times")
        cost = panel.get_by_label("Jumlah ini dibayar pemohon")
        expect(cost).not_to_be_checked()
        cost.check()
        assert held(panel)["pages"][0]["fields"][-1]["cost"] is True
        shot(panel, "fee-cost")
        cost.uncheck()
        assert "cost" not in held(panel)["pages"][0]["fields"][-1]
        cost.check()
        panel.get_by_label("Siapa yang menjawab?").select_option("")
        expect(cost).to_have_count(0)
        assert "cost" not in held(panel)["pages"][0]["fields"][-1]

    def test_name_an_answer_that_was_added_later_and_add_its_line(self, panel: Page):
        add(panel, "Pilih satu", "Jenis acara")
        panel.get_by_label("Pilihan jawaban", exact=True).fill("Konser\nPasar malam")
        add(panel, "Uang", "Retribusi")
        panel.get_by_label("Siapa yang menjawab?").select_option("tariff")
        panel.get_by_label("Tarif untuk Konser").fill("1500000")
        panel.get_by_label("Tarif untuk Pasar malam").fill("75000")
        panel.locator(".b-question", has_text="Jenis acara").locator(".b-question__main").click()
        panel.get_by_label("Pilihan jawaban", exact=True).fill("Konser\nPasar malam\nLomba")

        panel.get_by_role("tab", name="Terbitkan").click()
        warning = panel.locator(".b-problem--warning", has_text="belum punya tarif untuk Lomba")
        warning.locator(".b-problem__link").click()
        expect(panel.locator(".b-doubt", has_text="Lomba")).to_contain_text("sama dengan “Pasar malam”")
        expect(panel.get_by_label("Tarif untuk Lomba")).to_have_count(0)
        advice = panel.locator(".b-inspector .b-advice li", has_text="Lomba")
        advice.get_by_role("button", name="Tambahkan baris yang belum ada: 1").click()
        lomba = panel.get_by_label("Tarif untuk Lomba")
        expect(lomba).to_have_attribute("placeholder", "belum diisi")
        expect(panel.locator(".b-inspector .b-faults")).to_contain_text("Masih ada jumlah")
        shot(panel, "fee-line")
        lomba.fill("50000")
        expect(panel.locator(".b-inspector .b-faults li")).to_have_count(0)
        expect(panel.get_by_label("Tarif untuk Pasar malam")).to_have_value("75.000")
        expect(example(panel, 3).get_by_role("status")).to_have_text("Retribusi: Rp50.000")

    def test_move_behind_the_answers_they_are_worked_out_of(self, panel: Page):
        add(panel, "Uang", "Retribusi")
        panel.locator(".b-palette").get_by_role("button", name="Kuasa").click()
        expect(panel.locator(".b-into")).to_contain_text("sesudah")
        add(panel, "Angka bulat", "Luas")
        label = panel.locator(".b-question__label")
        label.filter(has_text="Retribusi").click()
        who = panel.get_by_label("Siapa yang menjawab?")
        chosen = who.locator("option", has_text="Luas")
        expect(chosen).to_contain_text("dihitung, sesudah")
        who.select_option(chosen.get_attribute("value"))
        expect(panel.locator(".b-status")).to_contain_text("Dipindahkan ke belakang “Luas”")
        expect(who).to_be_focused()
        who.select_option(label="dihitung: pertanyaan dikali angka")
        *_, area, fee = held(panel)["pages"][0]["fields"]
        assert [one["label"]["id"] for one in (area, fee)] == ["Luas", "Retribusi"]
        assert fee["calculate"] == {"*": [{"var": "luas"}, 1]}
