"""A clerk starts a service from a workbook of XLSForm in a real browser, and takes its questions out."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from builder.xlsform import judge
from runtime.regions.models import Region, User
from tests import axe, visiting
from tests.builder.xlsform.books import book, choices, q

pytestmark = pytest.mark.browser
SIZES = ({"width": 1366, "height": 768}, {"width": 1024, "height": 768}, {"width": 360, "height": 740})
FORM = book(
    [
        q("begin group", "pemohon", "Pemohon"),
        q("text", "nama", "Nama lengkap", required="yes"),
        q("integer", "umur", "Umur", constraint=". >= 17", constraint_message="Paling sedikit 17 tahun."),
        q("select_one yatidak", "kawin", "Sudah kawin?", relevant="${umur} >= 17"),
        q("end group", ""),
        q("geopoint", "lokasi", "Lokasi rumah", appearance="maps"),
        q("deviceid", "alat"),
        q(
            "text",
            "catatan",
            "Catatan " + "yang sangat panjang " * 12,
            relevant="pulldata('warga', 'nama', 'nik', ${nama}) = 'x' and " * 4 + "true()",
        ),
    ],
    choices(yatidak=("ya", "tidak")),
    [{"form_title": "Izin keramaian warga"}],
)


def sound(page: Page) -> None:
    """Hold a page against axe, and see that nothing hangs out at either width."""
    assert [one["id"] for one in axe.run(page, options=axe.WCAG).response["violations"]] == []
    for size in SIZES:
        page.set_viewport_size(size)
        assert page.locator("h1").first.evaluate("one => one.offsetHeight") < size["height"] / 5
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


class TestFromWorkbook:
    def test_shows_the_report_opens_the_editor_and_gives_the_workbook_back(
        self, site, open_page, tangerang: Region, clerk: User, tmp_path: Path
    ):
        (tmp_path / "form.xlsx").write_bytes(FORM)
        page: Page = open_page(viewport=SIZES[0])
        visiting.log_in(page, site(tangerang, "/admin/services/add/"), clerk.username)
        page.get_by_role("link", name="Mulai dari buku kerja (XLSForm)").click()
        page.get_by_label("Buku kerja").set_input_files(tmp_path / "form.xlsx")
        page.get_by_role("button", name="Lihat hasilnya").click()

        page.get_by_text("Tidak semuanya dapat diambil.").wait_for()
        expect(page.get_by_text("Dari 8 baris")).to_contain_text("5 diambil apa adanya")
        lost = page.get_by_role("row").filter(has_text="baris 8 (alat)")
        expect(lost).to_contain_text("formulir di sini tidak mengetahuinya")
        sound(page)

        page.get_by_role("button", name="Buat draf").click()
        page.get_by_role("tab", name="Pertanyaan").wait_for()
        expect(page.locator("body")).to_contain_text("Nama lengkap")
        page.get_by_role("tab", name="Terbitkan").click()
        page.get_by_role("link", name="Pertanyaan sebagai buku kerja (XLSForm)").click()
        page.get_by_text("Hanya titik di peta yang ditanyakan").wait_for()
        sound(page)
        with page.expect_download() as download:
            page.get_by_role("link", name="Simpan buku kerja").click()
        saved = Path(download.value.path()).read_bytes()
        assert download.value.suggested_filename == "izin-keramaian-warga.xlsx"
        assert judge.converted(saved).refused == ""
