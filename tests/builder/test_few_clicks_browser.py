"""Ten questions, a condition, a fee and three approvals, from nothing to published: at most 35 clicks.

Words are typed, never a key, JSON or a formula. A choice from a list counts as two clicks, and going into a
text as one, unless the keyboard is there already.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from builder.models import Release
from runtime.modules import selectors as modules
from runtime.regions import scope
from runtime.regions.models import Region, User
from tests import axe, visiting
from tests.builder.conftest import DESK

pytestmark = pytest.mark.browser
MOST = 35
PLAIN = (
    ("Teks pendek", "Nama lengkap"),
    ("NIK", ""),
    ("Email", ""),
    ("Nomor telepon", ""),
    ("Tanggal", "Tanggal acara"),
    ("Teks pendek", "Tempat acara"),
)


class Hand:
    """A clerk at the editor whose clicks are counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0
        self.typed: list[str] = []

    def press(self, what: Locator) -> None:
        what.click()
        self.clicks += 1

    def button(self, name: str, within: str = ".b-panel", *, exact: bool = False) -> None:
        self.press(self.page.locator(within).get_by_role("button", name=name, exact=exact).first)

    def choose(self, label: str, **option: str) -> None:
        self.page.get_by_label(label).select_option(**option)
        self.clicks += 2

    def write(self, where: Locator, words: str) -> None:
        if not where.evaluate("one => one === document.activeElement"):
            self.press(where)
        where.fill(words)
        self.typed.append(words)

    def ask(self, kind: str, words: str = "") -> None:
        """Add a question; its words are already waiting to be written."""
        self.button(kind, ".b-palette")
        label = self.page.get_by_label("Kalimat pertanyaan")
        expect(label).to_be_focused()
        if words:
            self.write(label, words)

    def tab(self, name: str) -> None:
        self.press(self.page.get_by_role("tab", name=name))


@pytest.fixture
def hand(site, open_page, tangerang: Region, clerk: User) -> Hand:
    """Somebody who looks at the list of services."""
    page = open_page(viewport=DESK)
    visiting.log_in(page, site(tangerang, "/admin/services/"), clerk.username)
    return Hand(page)


class TestAService:
    def test_is_built_and_published_with_few_clicks(self, hand: Hand, tangerang: Region, capsys):
        page = hand.page
        hand.press(page.get_by_role("link", name="Layanan baru").first)
        hand.write(page.get_by_label("Judul layanan"), "Izin Keramaian")
        hand.press(page.get_by_label("Surat keterangan di kelurahan"))
        page.emulate_media(color_scheme="dark")
        found = axe.run(page, options=axe.WCAG)
        assert found.violations_count == 0, found.generate_report()
        page.emulate_media(color_scheme="light")
        hand.press(page.get_by_role("button", name="Mulai menyusun"))

        for kind, words in PLAIN:
            hand.ask(kind, words)
        hand.ask("Pilih satu", "Jenis acara")
        hand.write(page.get_by_label("Pilihan jawaban", exact=True), "Konser\nPasar malam\nHajatan")
        hand.ask("Teks panjang", "Susunan hiburan")
        hand.button("Munculkan hanya bila …", ".b-inspector")
        hand.press(page.get_by_role("group", name="Jawaban").get_by_role("button", name="Konser"))
        hand.ask("Angka bulat", "Luas lahan dalam meter persegi")
        hand.ask("Uang", "Retribusi")
        hand.choose("Siapa yang menjawab?", value="times")
        hand.write(page.get_by_label("Kali angka ini"), "1500")

        hand.tab("Persetujuan")
        expect(page.locator(".b-step[data-key]")).to_have_count(3)
        hand.tab("Terbitkan")
        expect(page.locator(".b-fine")).to_be_visible()
        hand.press(page.get_by_label("Saya mengetahuinya dan tetap menerbitkan"))
        hand.press(page.get_by_role("button", name="Terbitkan sekarang"))
        expect(page.locator(".b-releases tbody tr")).to_have_count(1)

        with scope.use(tangerang):
            assert Release.objects.count() == 1
            installation = modules.installation(tangerang, "izin-keramaian")
            assert installation is not None
            built = modules.definition(installation.version)
        fields = [field for page in built.filing_pages() for field in page.fields]
        assert len(fields) == 10
        assert (built.applicant.name, built.applicant.email) == ("nama_lengkap", "email")
        asked = [field.key for page, field in built.fields() if page.for_ != "applicant"]
        assert asked == ["documents_checked", "documents_note"]
        assert [field.key for field in fields if field.visible] == ["susunan_hiburan"]
        assert [field.key for field in fields if field.calculate] == ["retribusi"]
        approvals = [
            one for one in built.workflow.actions if one.tone == "advance" and one.who.kind == "role"
        ]
        assert len(approvals) == 3
        assert not [words for words in hand.typed if any(mark in words for mark in '{}[]"_')]
        with capsys.disabled():
            print(f"\n10 questions, a condition, a fee, 3 approvals, published: {hand.clicks} clicks")
        assert hand.clicks <= MOST
