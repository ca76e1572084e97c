"""A clerk builds a service in a real browser: from a title to a service that citizens can use."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import Page, expect

from builder.models import Module, Release
from runtime.modules import selectors as modules
from runtime.regions import scope
from runtime.regions.models import Region, User
from tests import axe, visiting

pytestmark = pytest.mark.browser


def add(page: Page, kind: str, words: str = "") -> None:
    """Choose a kind of question from the palette and write its words."""
    page.locator(".b-palette").get_by_role("button", name=kind, exact=False).first.click()
    label = page.get_by_label("Kalimat pertanyaan")
    expect(label).to_be_focused()
    if words:
        label.fill(words)


class TestPanel:
    def test_builds_and_publishes_a_service_from_blank(self, panel: Page, tangerang: Region):
        add(panel, "Teks pendek", "Nama lengkap")
        panel.get_by_label("Wajib diisi").check()
        add(panel, "Email")
        add(panel, "Pilih satu", "Jenis acara")
        panel.get_by_label("Pilihan jawaban", exact=True).fill("Konser\nPasar malam\nHajatan")
        add(panel, "Teks panjang", "Ruas jalan yang ditutup")
        panel.get_by_role("button", name="Munculkan hanya bila …").click()
        panel.get_by_role("group", name="Jawaban").get_by_role("button", name="Konser").click()
        expect(panel.locator(".b-inspector .b-echo")).to_contain_text("“Jenis acara” adalah Konser")
        add(panel, "Tanggal", "Tanggal acara")
        expect(panel.get_by_role("tab", name="Pertanyaan")).to_contain_text("5")

        panel.get_by_role("tab", name="Persetujuan").click()
        panel.get_by_role("button", name="Tambah langkah").click()
        panel.locator(".b-step").nth(2).get_by_label("Yang dilakukan pada langkah ini").fill(
            "Persetujuan camat"
        )
        panel.locator(".b-step").nth(2).get_by_label("Siapa yang melakukan").select_option("+")
        panel.locator(".b-step").nth(2).get_by_label("Sebutan pejabatnya").fill("Camat")
        panel.locator(".b-step").nth(2).get_by_label("memberi nomor saat menyetujui").check()

        panel.get_by_role("tab", name="Surat & pesan").click()
        panel.get_by_label("Judul · Bahasa Indonesia").first.fill(
            "Permohonan keramaian {reference} kami terima"
        )

        panel.get_by_role("tab", name="Terbitkan").click()
        expect(panel.locator(".b-fine")).to_be_visible()
        expect(panel.locator(".b-problem--error")).to_have_count(0)
        panel.get_by_label("Apa yang berubah?").fill("Terbitan pertama")
        panel.get_by_label("Saya mengetahuinya dan tetap menerbitkan").check()  # nobody is Camat here
        panel.get_by_role("button", name="Terbitkan sekarang").click()
        expect(panel.locator(".b-releases tbody tr")).to_have_count(1)

        with scope.use(tangerang):
            installation = modules.installation(tangerang, "izin-keramaian")
            assert installation is not None
            definition = modules.definition(installation.version)
            assert Release.objects.get().note == "Terbitan pertama"
        keys = [field.key for _page, field in definition.fields()]
        assert keys == ["nama_lengkap", "email", "jenis_acara", "ruas_jalan_yang_ditutup", "tanggal_acara"]
        assert definition.field("nama_lengkap").required is True
        assert definition.applicant.email == "email"
        assert [option.value for option in definition.field("jenis_acara").options] == [
            "konser",
            "pasar_malam",
            "hajatan",
        ]
        assert definition.field("ruas_jalan_yang_ditutup").visible is not None
        titles = [status.title.say("id") for status in definition.workflow.statuses if status.kind == "work"]
        assert titles == ["Pemeriksaan berkas", "Persetujuan camat"]
        assert [role.title.say("id") for role in definition.workflow.roles] == ["Petugas loket", "Camat"]
        tones = sorted(action.tone for action in definition.workflow.actions_from("check"))
        assert tones == ["advance", "neutral", "refuse", "return"]
        assert definition.message("received").subject.say("id").startswith("Permohonan keramaian")

    def test_saves_by_itself_and_undoes(self, panel: Page, tangerang: Region):
        add(panel, "Teks pendek", "Nama")
        panel.get_by_role("button", name="Hapus", exact=True).click()
        panel.get_by_role("button", name="Urungkan").click()
        expect(panel.locator(".b-question")).to_have_count(1)
        panel.wait_for_timeout(200)
        with scope.use(tangerang):
            for _attempt in range(50):
                if '"Nama"' in Module.objects.get().get_latest_revision_as_object().document:
                    break
                panel.wait_for_timeout(200)
            else:
                pytest.fail("Nothing was saved within ten seconds.")
        panel.reload()
        expect(panel.locator(".b-question__label")).to_have_text("Nama")

    def test_leads_from_a_problem_to_its_place(self, panel: Page):
        for label in ("Jenis acara", "Tempat", "Waktu"):
            add(panel, "Pilih satu", label)
        panel.get_by_role("tab", name="Terbitkan").click()
        one_kind = panel.locator(".b-problems").first.locator(":scope > li")
        expect(one_kind).to_have_count(1)
        others = one_kind.get_by_text("Dan 2 lagi yang serupa")
        others.focus()
        others.press("Enter")
        expect(one_kind.locator("details .b-problem")).to_have_count(2)
        found = axe.run(panel, options=axe.BUILDER)
        assert found.violations_count == 0, found.generate_report()
        one_kind.locator("details .b-problem button").last.press("Enter")
        expect(panel.get_by_role("tab", name="Pertanyaan")).to_have_attribute("aria-selected", "true")
        expect(panel.get_by_label("Kalimat pertanyaan")).to_be_focused()
        expect(panel.get_by_label("Kalimat pertanyaan")).to_have_value("Waktu")

    def test_refuses_to_publish_what_is_wrong_but_keeps_the_draft(self, panel: Page, tangerang: Region):
        add(panel, "Pilih satu", "Jenis acara")
        panel.get_by_role("tab", name="Terbitkan").click()
        panel.get_by_role("button", name="Terbitkan sekarang").click()
        expect(panel.locator(".messages")).to_contain_text("Draf tersimpan tetapi belum terbit")
        with scope.use(tangerang):
            assert Release.objects.count() == 0
            assert "jenis_acara" in Module.objects.get().get_latest_revision_as_object().document
            assert modules.installation(tangerang, "izin-keramaian") is None

    def test_is_published_knowingly_where_nobody_would_decide(
        self, panel: Page, tangerang: Region, officer: User
    ):
        officer.delete()
        add(panel, "Teks pendek", "Nama")
        panel.get_by_role("tab", name="Terbitkan").click()
        vacant = panel.get_by_role("group", name="Jabatan ini belum dipegang siapa pun")
        expect(vacant.get_by_role("button")).to_have_text("Petugas loket (Pemeriksaan berkas)")
        visiting.follow(panel, panel.get_by_role("button", name="Terbitkan sekarang"))
        expect(panel.locator(".messages")).to_contain_text("“Petugas loket” belum dipegang siapa pun")
        if folder := os.environ.get("SHOTS"):
            panel.screenshot(path=f"{folder}/vacant.png", full_page=True)
        found = axe.run(panel, options=axe.BUILDER)
        assert found.violations_count == 0, found.generate_report()
        vacant.get_by_label("Saya mengetahuinya dan tetap menerbitkan").press("Space")
        visiting.follow(panel, panel.get_by_role("button", name="Terbitkan sekarang"))
        with scope.use(tangerang):
            assert Release.objects.count() == 1

    def test_shows_the_draft_on_a_phone_beside_it(self, panel: Page):
        add(panel, "Teks pendek", "Nama usaha")
        panel.get_by_role("button", name="Pratinjau", exact=True).first.click()
        frame = panel.frame_locator(
            "#w-preview-iframe, [data-w-preview-target='iframe'] iframe, .w-preview__iframe"
        )
        expect(frame.first.get_by_label("Nama usaha")).to_be_visible(timeout=15_000)


class TestPrefill:
    def test_is_chosen_in_a_clerks_words(self, panel: Page, settings, tangerang: Region):
        settings.RAKIT_REGISTERS = {
            "dukcapil": {
                "title": {"id": "Dukcapil"},
                "echo": {"nik": "/nik", "tanggal_lahir": "/lahir"},
                "take": {"nama": "/nama", "tempat_lahir": "/tempat"},
            }
        }
        panel.reload()
        add(panel, "NIK")
        panel.get_by_label("Isi otomatis dari").select_option(label="profil pemohon")
        expect(panel.get_by_label("Data yang mana")).to_have_value("nik")
        add(panel, "Tanggal", "Tanggal lahir")
        panel.get_by_label("Isi otomatis dari").select_option(label="profil pemohon")
        add(panel, "Teks pendek", "Nama lengkap")
        panel.get_by_label("Isi otomatis dari").select_option(label="register, misalnya Dukcapil")
        expect(panel.get_by_label("Register yang mana")).to_have_value("dukcapil")
        expect(panel.get_by_label("Orangnya dicari dengan: Nik")).to_have_value("nik")
        expect(panel.get_by_label("Orangnya dicari dengan: Tanggal lahir")).to_have_value("tanggal_lahir")
        panel.get_by_label("Yang diambil").select_option(label="Tempat lahir")
        assert axe.run(panel, context=".b-inspector").response["violations"] == []
        found = panel.locator("[data-builder-target=document]").evaluate("area => JSON.parse(area.value)")
        *_, named = (f for page in found["pages"] for f in page["fields"] if f["type"] == "text")
        assert named["prefill"] == {
            "register": "dukcapil",
            "by": {"nik": "nik", "tanggal_lahir": "tanggal_lahir"},
            "value": "tempat_lahir",
        }
        panel.get_by_label("Isi otomatis dari").select_option(label="tidak ada: pemohon mengetik sendiri")
        found = panel.locator("[data-builder-target=document]").evaluate("area => area.value")
        assert "dukcapil" not in found
