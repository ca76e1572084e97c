"""A clerk writes the letter of a service in a real browser, from nothing, and watches how it is printed."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Locator, Page, expect

from builder.models import Release
from runtime.regions import scope
from runtime.regions.models import Region
from tests import axe

pytestmark = pytest.mark.browser
ASKED = (
    ("Teks pendek", "Nama lengkap"),
    ("NIK", ""),
    ("Teks panjang", "Alamat"),
    ("Pilih satu", "Keperluan"),
)
SCRIPT = "<img src=x onerror=alert(1)>"


class Desk:
    """The clerk at the letter; what is typed is remembered."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.typed: list[str] = []
        self.seen = ""

    def button(self, name: str, *, exact: bool = True) -> Locator:
        return self.page.locator(".b-panel").get_by_role("button", name=name, exact=exact).first

    def write(self, label: str, words: str) -> None:
        self.page.locator(".b-texts").get_by_label(label, exact=True).first.fill(words)
        self.typed.append(words)

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.typed.append(words)

    def add(self, kind: str) -> None:
        self.page.locator(".b-addpart").last.get_by_role("button", name=f"+ {kind}").click()

    def changed(self) -> None:
        """Wait until the picture is another one."""
        picture = self.page.locator(".b-sheet img").first
        expect(picture).not_to_have_attribute("src", self.seen or "none", timeout=20_000)
        self.seen = picture.get_attribute("src") or ""
        assert self.seen.startswith("data:image/png;base64,")


@pytest.fixture
def desk(panel: Page) -> Desk:
    for kind, words in ASKED:
        panel.locator(".b-palette").get_by_role("button", name=kind, exact=False).first.click()
        label = panel.get_by_label("Kalimat pertanyaan")
        expect(label).to_be_focused()
        if words:
            label.fill(words)
    panel.get_by_label("Pilihan jawaban", exact=True).fill("Sekolah\nBekerja")
    panel.get_by_role("tab", name="Surat & pesan").click()
    return Desk(panel)


class TestALetter:
    def test_is_written_from_nothing_seen_saved_and_published(self, desk: Desk, tangerang: Region):
        page = desk.page
        desk.button("Tambah surat").click()
        desk.button("Pakai: Surat keterangan").click()
        desk.changed()
        desk.write("Judul", "Surat Keterangan Domisili")
        desk.changed()
        expect(page.locator(".b-part--frame").last).to_contain_text("Diterbitkan setelah Petugas loket")

        # A sentence with an answer, in capitals and bold, and one more part of that kind.
        page.locator(".b-part__main").nth(2).click()
        expect(page.locator(".b-part--on .b-line")).to_have_count(4)
        desk.add("Paragraf")
        expect(page.locator(".b-part--on textarea")).to_be_focused()
        desk.type("berdomisili di {Alamat | huruf besar}, untuk keperluan ")
        desk.button("Keperluan").click()
        desk.button("HURUF BESAR").click()
        expect(page.locator(".b-part--on textarea")).to_have_value(
            "berdomisili di {Alamat | huruf besar}, untuk keperluan {Keperluan | HURUF BESAR}"
        )
        desk.button("Tebal").click()
        desk.changed()
        desk.type(f", {SCRIPT} {{Nama ibu}}.")
        expect(page.locator(".b-part--on .b-doubt")).to_contain_text("“Nama ibu” tidak ditanyakan")
        for _letter in " {Nama ibu}.":
            page.keyboard.press("Backspace")
        desk.type(".")
        expect(page.locator(".b-part--on .b-doubt")).to_be_hidden()
        desk.changed()

        # It is printed for some only; the sample answers are not among them.
        desk.button("Cetak hanya bila …").click()
        page.get_by_role("group", name="Jawaban").get_by_role("button", name="Bekerja").click()
        expect(page.locator(".b-part--on .b-part__out")).to_be_visible()
        desk.changed()

        # Order by keyboard, undo, and the place of what is wrong.
        desk.button("Naikkan: 3. Paragraf").press("Enter")
        expect(desk.button("Naikkan: 2. Paragraf")).to_be_focused()
        desk.button("Turunkan: 2. Paragraf").press("Enter")
        desk.button("Turunkan: 3. Paragraf").press("Enter")
        expect(page.locator(".b-part--on .b-part__main")).to_be_focused()
        desk.button("Urungkan").click()
        expect(page.locator(".b-part__words", has_text=SCRIPT)).to_have_count(1)
        page.locator(".b-part__main").nth(2).drag_to(page.locator(".b-part").nth(1))
        expect(page.locator(".b-part__kind").nth(1)).to_have_text("1. Rincian")
        desk.button("Urungkan").click()
        with page.context.expect_event(
            "response", lambda one: one.url.split("?")[0].endswith("/file/")
        ) as sent:
            desk.button("Buka PDF").click()
        assert sent.value.headers["content-type"] == "application/pdf"
        found = axe.run(page, context=".b-panel", options=axe.BUILDER)
        assert found.violations_count == 0, found.generate_report()

        wide = page.viewport_size
        expect(desk.button("Hasil cetak")).to_be_hidden()
        page.set_viewport_size({"width": 360, "height": 740})
        desk.button("Hasil cetak").click()
        expect(desk.button("Buka PDF")).to_be_focused()
        expect(page.locator(".b-sheet__pages img").first).to_be_in_viewport()
        page.set_viewport_size(wide)

        page.get_by_role("tab", name="Terbitkan").click()
        expect(page.locator(".b-fine")).to_be_visible()
        page.get_by_role("button", name="Terbitkan sekarang").click()
        expect(page.locator(".b-releases tbody tr")).to_have_count(1)
        with scope.use(tangerang):
            built = json.loads(Release.objects.get().document)
        (letter,) = built["letters"]
        assert letter["title"]["id"] == "Surat Keterangan Domisili"
        assert [line["question"] for line in letter["body"][1]["details"]] == [
            *("nama_lengkap", "nik", "alamat", "keperluan"),
        ]
        part = letter["body"][2]
        assert part["paragraph"]["id"] == (
            f"berdomisili di {{alamat|upper}}, untuk keperluan **{{keperluan|upper}}**, {SCRIPT}."
        )
        assert part["when"] == {"==": [{"var": "keperluan"}, "bekerja"]}
        assert letter["signer"]["action"] == "approve_check"
        assert not [words for words in desk.typed if any(mark in words for mark in '"_[]')]

    def test_leads_from_what_is_wrong_to_the_part_and_asks_before_it_goes(self, desk: Desk):
        page = desk.page
        desk.button("Tambah surat").click()
        desk.button("Pakai: Surat kosong").click()
        page.locator(".b-part__main").nth(1).click()
        desk.write("Teks", "Untuk {Nama lengkap} dan {hilang}")
        expect(page.locator(".b-part--on .b-faults")).to_contain_text("Tidak ada pertanyaan “hilang”")

        # A question with another name keeps its place in the letter, and asks before it goes.
        page.get_by_role("tab", name="Pertanyaan").click()
        page.locator(".b-question__main").first.click()
        page.get_by_label("Kalimat pertanyaan").fill("Nama pemohon")
        page.locator(".b-question__main").nth(1).click()
        page.get_by_role("tab", name="Terbitkan").click()
        page.locator(".b-problem--error button", has_text="Bagian 1").click()
        expect(page.locator(".b-part--on textarea")).to_be_focused()
        expect(page.locator(".b-part--on textarea")).to_have_value("Untuk {Nama pemohon} dan {hilang}")

        # Broken by hand: the picture says what to put right, and stays as it was.
        desk.changed()
        desk.button("+ Rincian").click()
        page.evaluate(
            """() => {
                const { store } = window.wagtail.app.getControllerForElementAndIdentifier(
                    document.querySelector("[data-controller=builder]"), "builder");
                store.apply((doc) => { doc.letters[0].body[1].details = []; });
            }"""
        )
        expect(page.locator(".b-sheet__message")).to_contain_text("Bagian 2")
        expect(page.locator(".b-sheet--old img")).to_have_count(1)
        desk.button("Urungkan").click()
        expect(page.locator(".b-sheet__message")).to_be_empty()

        desk.button("Hapus surat ini").click()
        expect(page.get_by_role("dialog")).to_contain_text("“Setujui” tidak lagi menerbitkan surat ini")
        page.get_by_role("button", name="Lanjutkan").click()
        expect(desk.button("Tambah surat")).to_be_focused()
        desk.button("Urungkan").click()
        expect(page.locator(".b-letteritem")).to_contain_text("Diterbitkan setelah Petugas loket")
