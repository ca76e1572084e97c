"""A clerk chooses a way of approval, lets several decide, and says what happens when it takes long."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests import axe
from tests.builder.test_panel_browser import add

pytestmark = pytest.mark.browser

ODD = ".b-doubt:not(:empty)"  # a text that takes chips keeps an empty line ready for what is odd about them
SIGNED = """() => {
  const panel = document.querySelector("[data-controller~=builder]");
  const { store } = window.wagtail.app.getControllerForElementAndIdentifier(panel, "builder");
  store.apply((doc) => {
    const signer = { action: "approve_check" };
    doc.letters = [{ key: "surat", title: { id: "Surat izin" }, body: [], signer }];
  });
}"""


CHANGED = """() => {
  const panel = document.querySelector("[data-controller~=builder]");
  const { store } = window.wagtail.app.getControllerForElementAndIdentifier(panel, "builder");
  const ours = ({ key }) => key === "neighbourhood_letter";
  store.apply((doc) => { doc.pages.find(ours).title.id = "Pengantar RT"; });
}"""


def workflow(page: Page) -> dict:
    """Return the workflow of the document in the editor."""
    held: dict = json.loads(page.locator("[data-builder-target=document]").input_value())["workflow"]
    return held


def judge(page: Page) -> None:
    page.locator(".b-steps__head").evaluate(
        "one => one.scrollIntoView({block: 'end'})"
    )  # no tick lies half below the tabs
    found = axe.run(page, context=".b-panel", options=axe.BUILDER)
    assert found.violations_count == 0, found.generate_report()


class TestApprovals:
    def test_are_chosen_changed_by_switches_and_undone(self, panel: Page):
        add(panel, "Email", "Email")
        panel.get_by_role("tab", name="Persetujuan").click()
        before = workflow(panel)
        panel.get_by_role("button", name="Mulai dari alur persetujuan yang lazim").click()
        dialog = panel.get_by_role("dialog")
        expect(dialog).to_contain_text("Langkah layanan ini diganti: “Pemeriksaan berkas”.")
        judge(panel)
        dialog.get_by_role("region", name="Izin dengan rekomendasi teknis").get_by_role("button").click()
        steps = panel.locator(".b-step[data-key]")
        expect(steps).to_have_count(5)
        expect(panel.locator(".b-status")).to_contain_text("Izin dengan rekomendasi teknis")

        together = panel.locator(".b-step[data-key=recommend]")
        expect(together.locator(".b-echo--step")).to_contain_text("Dinas teknis dan Penata ruang")
        together.get_by_role("button", name="Tambah pemutus").click()
        together.get_by_label("Diputuskan", exact=True).select_option(label="bila cukup banyak yang setuju")
        together.get_by_label("Berapa orang", exact=True).nth(0).fill("2")
        together.get_by_label("satu “tidak” darinya").nth(1).check()
        expect(together.locator(".b-echo--step")).to_contain_text("Bila 2 dari 4 setuju")
        expect(together.locator(".b-echo--step")).to_contain_text("Satu “tidak” dari Penata ruang")

        together.get_by_role("button", name="Lakukan hanya bila …").click()
        asked = together.get_by_label("Pertanyaan yang mana")
        asked.select_option(asked.locator("option", has_text="Email").get_attribute("value"))
        together.get_by_label("Perbandingan").select_option(label="sudah diisi")
        echo = together.locator(".b-echo--step")
        expect(echo).to_contain_text("hanya dilakukan bila “Email” sudah diisi; permohonan lain berlanjut")

        third = together.locator(".b-voice").nth(2)
        third.get_by_label("Pemutus (3)").select_option(label="Pejabat lain …")
        third.get_by_label("Sebutan pejabatnya").fill("Dinas Air")
        (called,) = (one for one in workflow(panel)["roles"] if one["title"] == {"id": "Dinas Air"})
        assert re.fullmatch(r"kepala_seksi_\w{2,5}", called["key"])
        expect(echo).to_contain_text("dan Dinas Air")
        step = next(one for one in workflow(panel)["statuses"] if one["key"] == "recommend")
        assert step["tasks"][2]["title"] == {"id": "Dinas Air"}
        third.get_by_role("button", name="Minta yang ini hanya bila …").click()
        asked = third.get_by_label("Pertanyaan yang mana")
        asked.select_option(asked.locator("option", has_text="Email").get_attribute("value"))
        third.get_by_label("Perbandingan").select_option(label="sudah diisi")
        expect(echo).to_contain_text("dan Dinas Air (hanya bila “Email” sudah diisi)")
        expect(third).to_contain_text("Hanya diminta bila “Email” sudah diisi.")

        first = panel.locator(".b-step[data-key=verify]")
        first.get_by_text("Catatan, halaman petugas, pengingat").click()
        first.get_by_role("button", name="Ingatkan seseorang").click()
        expect(first.locator(".b-echo--step")).to_contain_text(
            "1 hari kerja sebelum waktunya habis, Petugas verifikasi perizinan diingatkan"
        )
        first.get_by_role("button", name="Putuskan bila tidak ada").click()
        first.get_by_label("Peraturan yang menetapkannya").fill("UU 30/2014 pasal 53")
        page = first.get_by_label("Halaman yang diisi petugas")
        page.focus()
        page.select_option(label="Halaman baru …")
        expect(panel.locator(".b-status")).to_contain_text("Pertanyaannya belum ditulis")
        expect(panel.get_by_role("tab", name="Persetujuan")).to_have_attribute("aria-selected", "true")
        expect(page).to_be_focused()
        page.select_option(label="tanpa halaman")
        expect(panel.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_role("option", name="Diisi petugas")).to_have_count(0)
        page.select_option(label="Halaman baru …")
        judge(panel)
        first.get_by_role("button", name="Tulis pertanyaan halaman ini").click()
        expect(panel.get_by_role("tab", name="Pertanyaan")).to_have_attribute("aria-selected", "true")
        panel.get_by_role("tab", name="Persetujuan").click()
        held = workflow(panel)
        rules = next(one["complete"] for one in held["statuses"] if one["key"] == "recommend")
        assert [rule["if"] for rule in rules] == ["any_against", {"for": 2}, {"unreachable": 2}]
        clocks = [one for one in held["actions"] if one["from"] == ["verify"] and one["who"] == "system"]
        assert [one.get("to") for one in clocks] == [None, "recommend"]
        assert clocks[1]["legal_basis"] == {"id": "UU 30/2014 pasal 53"}

        while workflow(panel) != before:
            panel.get_by_role("button", name="Urungkan").click()

    def test_optional_steps_are_ticked_later_and_bring_their_questions(self, panel: Page):
        panel.get_by_role("tab", name="Persetujuan").click()
        panel.get_by_role("button", name="Mulai dari alur persetujuan yang lazim").click()
        way = panel.get_by_role("dialog").get_by_role("region", name="Surat keterangan di kelurahan")
        expect(way).to_contain_text("Mengisi “Hasil pemeriksaan berkas”.")
        way.get_by_role("button").click()
        steps = panel.locator(".b-step[data-key]")
        expect(steps).to_have_count(3)
        begun = panel.locator("[data-builder-target=document]").input_value()
        first = panel.get_by_label("Didahului rekomendasi ketua RT/RW")
        first.focus()
        panel.keyboard.press("Space")
        expect(steps.first).to_contain_text("Halaman “Rekomendasi ketua RT/RW” diisi.")
        expect(first).to_be_focused()
        panel.get_by_label("Dengan paraf sekretaris kelurahan").check()
        expect(steps.nth(3)).to_contain_text("Sekretaris kelurahan")
        judge(panel)
        panel.evaluate(CHANGED)
        first.click()
        dialog = panel.get_by_role("dialog")
        expect(dialog).to_contain_text("Petugas tidak lagi diminta mengisi “Pengantar RT”.")
        expect(first).to_be_checked()
        judge(panel)
        dialog.get_by_role("button", name="Biarkan semua seperti semula").click()
        expect(first).to_be_checked()
        first.click()
        dialog.get_by_role("button", name="Lanjutkan, hapus pertanyaannya").click()
        expect(steps).to_have_count(4)
        assert "neighbourhood" not in panel.locator("[data-builder-target=document]").input_value()
        panel.get_by_role("button", name="Urungkan").click()
        panel.get_by_role("button", name="Urungkan").click()
        first.click()
        panel.get_by_label("Dengan paraf sekretaris kelurahan").uncheck()
        expect(steps).to_have_count(3)
        assert panel.locator("[data-builder-target=document]").input_value() == begun

    def test_says_at_once_what_is_odd_about_a_step(self, panel: Page):
        panel.get_by_role("tab", name="Persetujuan").click()
        panel.get_by_role("button", name="Tambah langkah").click()
        steps = panel.locator(".b-step[data-key]")
        name = steps.nth(1).get_by_label("Yang dilakukan pada langkah ini")
        name.fill("Pemeriksaan berkas")
        expect(steps.nth(0).locator(ODD)).to_contain_text("Langkah 2 bernama sama.")
        expect(steps.nth(1).locator(ODD)).to_contain_text("Langkah 1 bernama sama.")
        name.fill("Tanda tangan")
        expect(panel.locator(ODD)).to_have_count(0)
        steps.nth(1).get_by_label("Kembalikan ke langkah sebelumnya").select_option(index=1)
        first = steps.nth(0)
        first.get_by_text("Catatan, halaman petugas, pengingat").click()
        for _ in range(2):
            first.get_by_role("button", name="Ingatkan seseorang").click()
        amounts = first.locator(".b-rung input[type=number]")
        expect(amounts.nth(1)).to_have_value("2")
        amounts.nth(1).fill("1")
        expect(first.locator(ODD)).to_contain_text("Dua baris di bawah terjadi pada saat yang sama.")
        judge(panel)
        first.get_by_role("button", name="Hapus langkah").click()
        dialog = panel.get_by_role("dialog")
        expect(dialog).to_contain_text("“Tanda tangan” tidak dapat lagi mengembalikan permohonan")
        dialog.get_by_role("button", name="Lanjutkan").click()
        expect(steps).to_have_count(1)

    def test_asks_before_a_letter_loses_who_signs_it(self, panel: Page):
        panel.get_by_role("tab", name="Persetujuan").click()
        panel.evaluate(SIGNED)
        panel.get_by_label("beberapa orang memutuskan langkah ini").click()
        dialog = panel.get_by_role("dialog")
        expect(dialog).to_contain_text("Surat “Surat izin” tidak lagi ditandatangani")
        dialog.get_by_role("button", name="Biarkan semua seperti semula").click()
        expect(panel.get_by_label("beberapa orang memutuskan langkah ini")).not_to_be_checked()
        panel.get_by_label("beberapa orang memutuskan langkah ini").click()
        panel.get_by_role("dialog").get_by_role("button", name="Lanjutkan").click()
        expect(panel.get_by_label("beberapa orang memutuskan langkah ini")).to_be_checked()
        assert "approve_check" not in panel.locator("[data-builder-target=document]").input_value()
