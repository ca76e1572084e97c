"""A clerk brings 12,000 rows in and lets a question choose from them; citizens do, an officer reads it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.people import PHONE, Citizen, Clerk, Officer, person
from tests.runtime.forms import lists
from tests.stack import Stack

pytestmark = pytest.mark.browser
TITLE = "Izin Galian Jalan"


@pytest.fixture(scope="module")
def service(browser: Browser, stack: Stack) -> str:
    """The title of a service that chooses from the list."""
    with person(Clerk, browser, stack) as clerk:
        clerk.log_in("perancang.tangerang", "/admin/lists/upload/")
        bring_in(clerk)
        clerk.open("/admin/")
        clerk.create(TITLE)
        clerk.add_question("Teks pendek", "Nama pemohon")
        clerk.require()
        clerk.add_question("Email", "Email Anda")
        clerk.require()
        clerk.add_question("Kantor", "Kelurahan")
        clerk.require()
        clerk.add_question("Pilih satu", "Kecamatan")
        clerk.options(*lists.DISTRICTS)
        clerk.require()
        choose_from_the_list(clerk)
        finish(clerk)
    return TITLE


def bring_in(clerk: Clerk) -> None:
    clerk.page.locator("[name=title]").fill("Daftar jalan")
    clerk.page.locator("[name=edition]").fill("2026")
    content = lists.table()
    file = {"name": "jalan.csv", "mimeType": "text/csv", "buffer": content}
    clerk.page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    clerk.press("Periksa")
    clerk.sees("12.000")
    clerk.press("Simpan sebagai edisi 2026")
    clerk.sees("Jalan Melati 1")


def choose_from_the_list(clerk: Clerk) -> None:
    clerk.add_question("Pilih satu", "Jalan yang digali")
    clerk.require()
    source = clerk.inspector.get_by_label("Asal pilihan jawaban")
    expect(source).to_contain_text("daftar daerah Anda: Daftar jalan, 2026 (12.000 baris)")
    source.select_option("region daftar_jalan 2026")
    expect(clerk.inspector.get_by_role("link", name="Lihat daftar ini")).to_be_visible()
    clerk.inspector.get_by_label("Tawarkan hanya yang sesuai jawaban").select_option("kecamatan")
    expect(clerk.inspector.get_by_label("Jawaban itu ada di kolom")).to_have_value("kecamatan")
    clerk.judge()


def finish(clerk: Clerk) -> None:
    """Say whose application it is and who decides, and publish."""
    page = clerk.page
    clerk.tab("Info")
    page.get_by_label("Dalam satu kalimat").fill("Izin untuk menggali jalan kota.")
    page.get_by_label("Nama", exact=True).select_option(label="1. Nama pemohon")
    page.get_by_label("Ditanyakan lagi sebelum status ditampilkan").select_option(label="2. Email Anda")
    clerk.tab("Persetujuan")
    page.get_by_label("Kantor yang menangani disebut dalam").select_option(index=1)
    clerk.step(1).get_by_label("Siapa yang melakukan").select_option(label="Petugas loket")
    clerk.step(1).get_by_label("Di kantor mana").select_option(label="Di kantor yang menangani permohonan")
    clerk.publish()
    page.wait_for_load_state("networkidle")
    clerk.tab("Terbitkan")
    clerk.judge()
    expect(page.locator(".b-releases")).to_contain_text("Rina Kusuma")


class TestChoosingFromAList:
    @pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
    def test_ends_with_the_words_on_the_officers_desk(
        self, browser: Browser, stack: Stack, service: str, script: bool
    ) -> None:
        with person(Citizen, browser, stack, javascript=script) as citizen:
            citizen.page.set_viewport_size(PHONE)
            reference = self._applies(citizen, service)
        with person(Officer, browser, stack) as officer:
            officer.log_in("loket.tangerang", "/desk/")
            officer.open_case(reference)
            officer.sees("Jalan Melati 4712")
            officer.judge()

    def _applies(self, citizen: Citizen, service: str) -> str:
        page = citizen.page
        citizen.begin(service)
        citizen.write("Nama pemohon", "Ani Suryani")
        citizen.write("Email Anda", "ani@contoh.id")
        citizen.select("Kelurahan", "Kelurahan Sukasari")
        citizen.sees("Jawab dulu “Kecamatan”")
        citizen.judge()
        citizen.choose("Benda")
        if not citizen.javascript:
            with page.expect_navigation():
                page.get_by_role("button", name="Tampilkan pilihan yang cocok").click()
        expect(page.get_by_label("Jalan Melati 1", exact=True)).to_be_visible()
        page.get_by_label("Cari di daftar").fill("jalan melati 4712")
        if not citizen.javascript:
            with page.expect_navigation():
                page.get_by_role("button", name="Cari").first.click()
        expect(page.get_by_label("Jalan Melati 4712")).to_have_count(0)  # it lies in another district
        citizen.choose("Cibodas")
        if not citizen.javascript:
            with page.expect_navigation():
                page.get_by_role("button", name="Cari").first.click()
        citizen.choose("Jalan Melati 4712")
        citizen.judge()
        citizen.go_on()
        citizen.sees("Jalan Melati 4712")
        citizen.judge()
        return citizen.send()

    def test_keeps_the_list_for_good(self, browser: Browser, stack: Stack, service: str) -> None:
        with person(Clerk, browser, stack) as clerk:
            clerk.log_in("perancang.tangerang", "/admin/lists/")
            clerk.follow("2026")
            clerk.sees("Edisi ini dipakai layanan yang sudah diterbitkan, jadi tetap disimpan.")
            expect(clerk.page.get_by_role("link", name="Hapus edisi ini")).to_have_count(0)
