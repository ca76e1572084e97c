"""The two services of the demonstration from first page to last word: a letter of domicile, and a report.

A newcomer who rents asks the village for a letter; somebody without a name reports a leaning tree.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys import papers
from tests.journeys.applicants import Newcomer, Reporter
from tests.journeys.people import Citizen, at_desk, person
from tests.stack import Stack

pytestmark = pytest.mark.browser


class TestLetterOfDomicile:
    """One letter, told in the order it happens."""

    def test_is_saved_resumed_corrected_signed_and_handed_over(self, browser: Browser, stack: Stack) -> None:
        with person(Newcomer, browser, stack) as citizen:
            link = citizen.begins_and_saves()
        with person(Newcomer, browser, stack) as citizen:
            citizen.page.goto(link)
            citizen.goes_on()
            citizen.attaches()
            reference = self._checks_and_sends(citizen)
            self._is_sent_back(browser, stack, reference)
            self._corrects(citizen)
            self._is_passed_on(browser, stack, reference)
            number = self._is_signed(browser, stack, reference)
            citizen.page.reload()
            citizen.sees("Surat siap diambil")
            citizen.sees(number)
            citizen.sees(f"Mohon lengkapi permohonan {reference}")
            citizen.judge()
            self._is_handed_over(browser, stack, reference)
        self._is_read_in_english(browser, stack, reference, number)
        self._mail_came_in_order(stack, reference, number)

    def _checks_and_sends(self, citizen: Citizen) -> str:
        for words in ("Sri Wahyuni", "H. Sanusi", "kk.pdf", "surat-asal.jpg", "17 Agustus 1990"):
            citizen.sees(words)
        citizen.judge()
        citizen.follow("Ubah Keperluan")
        citizen.judge()
        citizen.write("Keperluan", "Pendaftaran sekolah anak")
        citizen.press("Simpan dan kembali memeriksa")
        citizen.sees("Pendaftaran sekolah anak")
        reference = citizen.send()
        citizen.judge()
        return reference

    def _is_sent_back(self, browser: Browser, stack: Stack, reference: str) -> None:
        with at_desk(browser, stack, "loket", reference) as desk:
            desk.sees("Pendaftaran sekolah anak")
            with desk.page.expect_download() as paper:
                desk.follow("kk.pdf")
            assert paper.value.path().read_bytes().startswith(b"%PDF-")
            desk.choose_action("Minta perbaikan")
            desk.judge()
            desk.confirm("Minta perbaikan")
            expect(desk.page.get_by_role("alert")).to_be_visible()
            desk.judge()
            desk.page.get_by_label(re.compile("^Nama pemilik tempat")).check()
            desk.page.get_by_label(re.compile("^KTP-el")).check()
            desk.page.get_by_label("Alasan").fill("Foto KTP buram, dan tulis nama pemilik seperti pada KTP.")
            desk.carry_out("Minta perbaikan")

    def _corrects(self, citizen: Citizen) -> None:
        citizen.follow("Lihat status permohonan")
        citizen.sees("Ada yang perlu Anda perbaiki")
        citizen.sees("Foto KTP buram")
        citizen.judge()
        citizen.follow("Perbaiki 2 isian")
        citizen.judge()
        assert citizen.page.get_by_label("Nama lengkap").count() == 0
        citizen.write("Nama pemilik tempat", "Haji Sanusi bin Amat")
        citizen.attach("KTP-el", papers.photo("ktp-baru.jpg", "KARTU TANDA PENDUDUK, TERANG"))
        citizen.judge()
        citizen.press("Kirim perbaikan")
        expect(citizen.page.locator(".tag").first).to_contain_text("Berkas sedang diperiksa")
        citizen.judge()

    def _is_passed_on(self, browser: Browser, stack: Stack, reference: str) -> None:
        forward = "Lengkap, teruskan ke kepala seksi"
        with at_desk(browser, stack, "loket", reference) as desk:
            desk.sees("tadinya “H. Sanusi”")
            desk.sees("ktp-baru.jpg")
            assert desk.page.get_by_role("link", name=re.compile(r" ktp\.jpg")).count() == 0
            desk.choose_action(forward)
            desk.confirm(forward)
            expect(desk.page.get_by_role("alert")).to_be_visible()
            desk.judge()
            desk.page.get_by_label("Data cocok dengan KTP dan KK").check()
            desk.carry_out(forward)

    def _is_signed(self, browser: Browser, stack: Stack, reference: str) -> str:
        chain = (
            ("kasi", "Paraf, teruskan ke sekretaris"),
            ("sekretaris", "Paraf, teruskan ke lurah atau kepala desa"),
            ("lurah", "Tanda tangani dan beri nomor"),
        )
        for account, action in chain:
            with at_desk(browser, stack, account, reference) as officer:
                officer.decide(action)
                officer.open(f"/desk/cases/{reference}/")
                words = officer.page.locator("main").inner_text()
        found = re.search(r"400\.12\.2\.1/\d{3}/\S+/[IVX]+/\d{4}", words)
        assert found, words
        return found[0]

    def _is_handed_over(self, browser: Browser, stack: Stack, reference: str) -> None:
        with at_desk(browser, stack, "loket", reference) as desk:
            desk.choose_action("Serahkan surat")
            desk.write("Nama penerima", "Joko Wahyono")
            desk.choose("Penerima kuasa")
            expect(desk.page.get_by_label("Surat kuasa", exact=True)).to_be_visible()
            desk.choose("Anggota keluarga")
            expect(desk.page.get_by_label("Surat kuasa", exact=True)).to_be_hidden()
            desk.judge()
            desk.carry_out("Serahkan surat")
            desk.open(f"/desk/cases/{reference}/")
            desk.reads_heading("Selesai, surat sudah diserahkan")
            desk.sees("Joko Wahyono")
            desk.judge()

    def _is_read_in_english(self, browser: Browser, stack: Stack, reference: str, number: str) -> None:
        with person(Citizen, browser, stack) as citizen:
            citizen.find_case(reference, Newcomer.born)
            citizen.sees("Surat sudah diterima")
            citizen.judge()
            citizen.read_in("English")
            citizen.reads_heading("Certificate of Domicile")
            assert citizen.page.locator("html").get_attribute("lang") == "en"
            for words in ("Your letter has been received", "Initial and pass on to the secretary", number):
                citizen.sees(words)
            for left in ("Permohonan", "Surat sudah", "Perjalanan", "Dikabulkan"):
                assert left not in citizen.page.locator("main").inner_text()
            citizen.judge()

    def _mail_came_in_order(self, stack: Stack, reference: str, number: str) -> None:
        mails = stack.wait_for_mail(to=Newcomer.email, about=reference, count=4)
        assert [str(mail["Subject"]) for mail in mails] == [
            f"Permohonan {reference} sudah kami terima",
            f"Mohon lengkapi permohonan {reference}",
            f"Surat Anda siap diambil ({reference})",
            f"Surat Anda sudah terbit ({reference})",
        ]
        assert "Foto KTP buram" in mails[1].get_content()
        assert number in mails[2].get_content()
        assert not any("Sri Wahyuni" in mail.as_string() for mail in mails)


class TestReport:
    """One report without a name, told in the order it happens."""

    def test_is_disposed_twice_reworked_rated_and_closed(self, browser: Browser, stack: Stack) -> None:
        with person(Reporter, browser, stack) as reporter:
            reference, code = reporter.reports()
        self._is_verified(browser, stack, reference)
        self._is_disposed(browser, stack, reference, "Dinas Pekerjaan Umum dan Penataan Ruang")
        self._is_given_back(browser, stack, reference)
        self._is_disposed(browser, stack, reference, "Dinas Lingkungan Hidup")
        self._is_worked_on(browser, stack, reference)
        self._is_refused(browser, stack, reference)
        self._is_reworked(browser, stack, reference)
        self._is_accepted(browser, stack, reference)
        with person(Reporter, browser, stack) as reporter:
            self._rates(reporter, reference, code)
        with person(Citizen, browser, stack, region="poso") as stranger:
            stranger.find_case(reference, code)
            stranger.sees("tidak cocok")
            stranger.judge()

    def _is_verified(self, browser: Browser, stack: Stack, reference: str) -> None:
        with at_desk(browser, stack, "aduan", reference) as officer:
            officer.sees("Seberang SDN Sukasari 4")
            officer.decide("Terima aduan")

    def _is_disposed(self, browser: Browser, stack: Stack, reference: str, agency: str) -> None:
        with at_desk(browser, stack, "aduan", reference) as coordinator:
            coordinator.choose_action("Disposisikan ke instansi")
            coordinator.judge()
            coordinator.choose(agency)
            coordinator.choose("Tanpa pemeriksaan lapangan, 14 hari kerja")
            coordinator.carry_out("Disposisikan ke instansi")

    def _is_given_back(self, browser: Browser, stack: Stack, reference: str) -> None:
        back = "Bukan tugas kami, minta disposisi ulang"
        with at_desk(browser, stack, "dpupr", reference) as agency:
            agency.choose_action(back)
            agency.page.get_by_label("Alasan").fill("Pohon tepi jalan ditangani Dinas Lingkungan Hidup.")
            agency.judge()
            agency.carry_out(back)
            agency.open("/desk/")
            assert reference not in agency.page.content()
            agency.judge()

    def _is_worked_on(self, browser: Browser, stack: Stack, reference: str) -> None:
        with at_desk(browser, stack, "dlh", reference) as agency:
            agency.choose_action("Mulai kerjakan")
            agency.judge()
            agency.write("Apa yang akan dilakukan", "Memangkas dahan dan menyangga batang.")
            agency.date("Target selesai", "31-12-2099")
            agency.carry_out("Mulai kerjakan")
            agency.open(f"/desk/cases/{reference}/")
            agency.choose_action("Laporkan hasil")
            agency.write("Apa yang sudah dilakukan", "Dahan sudah dipangkas.")
            agency.confirm("Laporkan hasil")
            expect(agency.page.get_by_role("alert")).to_be_visible()
            agency.judge()
            agency.attach("Foto bukti", papers.photo("sesudah.jpg"))
            agency.carry_out("Laporkan hasil")

    def _is_refused(self, browser: Browser, stack: Stack, reference: str) -> None:
        with at_desk(browser, stack, "pemeriksa", reference) as inspector:
            inspector.sees("sesudah.jpg")
            inspector.choose_action("Belum sesuai, kerjakan ulang")
            inspector.page.get_by_label("Alasan").fill("Batang belum disangga.")
            inspector.judge()
            inspector.carry_out("Belum sesuai, kerjakan ulang")

    def _is_reworked(self, browser: Browser, stack: Stack, reference: str) -> None:
        with at_desk(browser, stack, "dlh", reference) as agency:
            agency.sees("Batang belum disangga.")
            agency.choose_action("Laporkan hasil")
            agency.judge()
            agency.write("Apa yang sudah dilakukan", "Dahan dipangkas, batang disangga dua tiang.")
            agency.attach("Foto bukti", papers.photo("disangga.jpg"))
            agency.carry_out("Laporkan hasil")

    def _is_accepted(self, browser: Browser, stack: Stack, reference: str) -> None:
        with at_desk(browser, stack, "pemeriksa", reference) as inspector:
            inspector.sees("disangga.jpg")
            inspector.choose_action("Hasil sesuai")
            inspector.choose("Datang ke lokasi")
            expect(inspector.page.get_by_label("Foto pemeriksaan")).to_be_visible()
            inspector.choose("Membandingkan foto")
            inspector.judge()
            inspector.carry_out("Hasil sesuai")

    def _rates(self, reporter: Reporter, reference: str, code: str) -> None:
        reporter.find_case(reference, "0000-0000")
        reporter.sees("tidak cocok")
        reporter.judge()
        reporter.find_case(reference, code)
        reporter.sees("Sudah dikerjakan, mohon penilaian Anda")
        reporter.judge()
        reporter.follow("Sudah selesai, beri penilaian")
        reporter.judge()
        reporter.choose("4 · Baik")
        reporter.write("Komentar", "Cepat dan rapi.")
        reporter.press("Sudah selesai, beri penilaian")
        expect(reporter.page.locator(".tag").first).to_contain_text("Aduan selesai")
        reporter.judge()
