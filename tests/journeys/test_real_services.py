"""The two services of the demonstration from first page to last word: a letter of domicile, and a report.

A newcomer who rents asks the village for a letter; somebody without a name reports a broken road.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys import papers
from tests.journeys.people import Citizen, Officer, person
from tests.stack import Stack

pytestmark = pytest.mark.browser
EMAIL = "sri.wahyuni@contoh.id"
BORN = "17-8-1990"
OFFICE = "Kelurahan Sukasari"


class TestLetterOfDomicile:
    """One letter, told in the order it happens."""

    def test_is_saved_resumed_corrected_signed_and_handed_over(self, browser: Browser, stack: Stack) -> None:
        with person(Citizen, browser, stack) as citizen:
            self._begins_and_saves(citizen)
            link = citizen.page.get_by_label("Alamat untuk melanjutkan").input_value()
        with person(Citizen, browser, stack) as citizen:
            citizen.page.goto(link)
            self._goes_on_elsewhere(citizen)
            self._attaches(citizen)
            reference = self._checks_and_sends(citizen)
            self._is_sent_back(browser, stack, reference)
            self._corrects(citizen)
            self._is_passed_on(browser, stack, reference)
            number = self._is_signed(browser, stack, reference)
            citizen.page.reload()
            citizen.sees("Surat siap diambil")
            citizen.sees(number)
            citizen.judge()
            self._is_handed_over(browser, stack, reference)
        self._is_read_in_english(browser, stack, reference, number)
        self._mail_came_in_order(stack, reference, number)

    def _begins_and_saves(self, citizen: Citizen) -> None:
        citizen.begin("Surat Keterangan Domisili")
        citizen.judge()
        citizen.go_on()
        expect(citizen.page.get_by_role("alert")).to_be_visible()
        citizen.judge()
        citizen.write("Nama lengkap", "Sri Wahyuni")
        citizen.write("NIK", "3671015708900001")
        citizen.write("Nomor Kartu Keluarga", "3671011203150007")
        citizen.write("Tempat lahir", "Wonogiri")
        citizen.date("Tanggal lahir", BORN)
        citizen.choose("Perempuan")
        citizen.select("Agama atau kepercayaan", "Islam")
        citizen.select("Status perkawinan", "Kawin")
        citizen.write("Pekerjaan", "Penjahit")
        citizen.write("Nomor HP", "0812 3456 7890")
        citizen.write("Alamat email", EMAIL)
        citizen.go_on()
        citizen.judge()
        citizen.choose("Pendatang")
        citizen.write("Keperluan", "Membuka rekening bank")
        citizen.select("Kelurahan atau desa yang menerbitkan surat", OFFICE)
        citizen.go_on()
        citizen.judge()
        citizen.write("Nama jalan, gang, blok, dan nomor", "Gang Melati 4")
        citizen.press("Simpan dulu")
        citizen.reads_heading("sudah disimpan")
        citizen.judge()

    def _goes_on_elsewhere(self, citizen: Citizen) -> None:
        citizen.reads_heading("Alamat domisili")
        street = citizen.page.get_by_role("textbox", name="Nama jalan, gang, blok, dan nomor")
        expect(street).to_have_value("Gang Melati 4")
        citizen.write("RT", "003")
        citizen.write("RW", "007")
        citizen.date("Menempati alamat ini sejak", "1-7-2026")
        citizen.write("Alamat asal", "Dusun Ngadirojo, Kabupaten Wonogiri, Jawa Tengah")
        owner = citizen.page.get_by_role("textbox", name="Nama pemilik tempat")
        expect(owner).to_be_hidden()
        citizen.choose("Milik sendiri")
        expect(owner).to_be_hidden()
        citizen.choose("Kontrak atau sewa")
        owner.fill("H. Sanusi")
        citizen.judge()
        citizen.go_on()

    def _attaches(self, citizen: Citizen) -> None:
        citizen.reads_heading("Berkas")
        assert citizen.page.get_by_label("Foto tempat usaha").count() == 0
        citizen.judge()
        citizen.attach("KTP-el", papers.false_photo("ktp.jpg"))
        citizen.attach("Kartu Keluarga", papers.letter("kk.pdf"))
        citizen.go_on()
        alert = citizen.page.get_by_role("alert")
        expect(alert).to_contain_text("“ktp.jpg” tidak dapat diterima. Silakan lampirkan")
        citizen.sees("kk.pdf")
        citizen.judge()
        citizen.attach("KTP-el", papers.photo("ktp.jpg", "KARTU TANDA PENDUDUK"))
        citizen.attach("Surat domisili atau surat pindah", papers.photo("surat-asal.jpg"))
        citizen.go_on()
        citizen.reads_heading("Pernyataan")
        citizen.judge()
        citizen.page.get_by_label(re.compile("^Saya menyatakan data")).check()
        citizen.go_on()

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
        with person(Officer, browser, stack) as desk:
            desk.log_in("loket.tangerang", "/desk/")
            desk.judge()
            desk.open_case(reference)
            desk.sees("Pendaftaran sekolah anak")
            desk.judge()
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
            desk.confirm("Minta perbaikan")
            desk.judge()

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
        with person(Officer, browser, stack) as desk:
            desk.log_in("loket.tangerang", "/desk/")
            desk.sees("diperbaiki pemohon")
            desk.judge()
            desk.open_case(reference)
            desk.sees("tadinya “H. Sanusi”")
            desk.sees("ktp-baru.jpg")
            assert desk.page.get_by_role("link", name=re.compile(r" ktp\.jpg")).count() == 0
            desk.judge()
            desk.choose_action(forward)
            desk.confirm(forward)
            expect(desk.page.get_by_role("alert")).to_be_visible()
            desk.judge()
            desk.page.get_by_label("Data cocok dengan KTP dan KK").check()
            desk.confirm(forward)
            desk.judge()

    def _is_signed(self, browser: Browser, stack: Stack, reference: str) -> str:
        chain = (
            ("kasi.tangerang", "Paraf, teruskan ke sekretaris"),
            ("sekretaris.tangerang", "Paraf, teruskan ke lurah atau kepala desa"),
            ("lurah.tangerang", "Tanda tangani dan beri nomor"),
        )
        for account, action in chain:
            with person(Officer, browser, stack) as officer:
                officer.log_in(account, "/desk/")
                officer.judge()
                officer.open_case(reference)
                officer.judge()
                officer.decide(action)
                officer.open(f"/desk/cases/{reference}/")
                words = officer.page.locator("main").inner_text()
        found = re.search(r"400\.12\.2\.1/\d{3}/\S+/[IVX]+/\d{4}", words)
        assert found, words
        return found[0]

    def _is_handed_over(self, browser: Browser, stack: Stack, reference: str) -> None:
        with person(Officer, browser, stack) as desk:
            desk.log_in("loket.tangerang", "/desk/")
            desk.open_case(reference)
            desk.choose_action("Serahkan surat")
            desk.write("Nama penerima", "Joko Wahyono")
            desk.choose("Penerima kuasa")
            expect(desk.page.get_by_label("Surat kuasa", exact=True)).to_be_visible()
            desk.choose("Anggota keluarga")
            expect(desk.page.get_by_label("Surat kuasa", exact=True)).to_be_hidden()
            desk.judge()
            desk.confirm("Serahkan surat")
            desk.judge()
            desk.open(f"/desk/cases/{reference}/")
            desk.reads_heading("Selesai, surat sudah diserahkan")
            desk.sees("Joko Wahyono")
            desk.judge()

    def _is_read_in_english(self, browser: Browser, stack: Stack, reference: str, number: str) -> None:
        with person(Citizen, browser, stack) as citizen:
            citizen.find_case(reference, BORN)
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
        mails = stack.wait_for_mail(to=EMAIL, about=reference, count=3)
        assert [str(mail["Subject"]) for mail in mails] == [
            f"Permohonan {reference} sudah kami terima",
            f"Mohon lengkapi permohonan {reference}",
            f"Surat Anda siap diambil ({reference})",
        ]
        assert "Foto KTP buram" in mails[1].get_content()
        assert number in mails[2].get_content()
        assert not any("Sri Wahyuni" in mail.as_string() for mail in mails)


class TestReport:
    """One report without a name, told in the order it happens."""

    def test_is_disposed_twice_reworked_rated_and_closed(self, browser: Browser, stack: Stack) -> None:
        with person(Citizen, browser, stack) as reporter:
            reference, code = self._reports(reporter)
        self._is_verified(browser, stack, reference)
        self._is_disposed(browser, stack, reference, "Dinas Pekerjaan Umum dan Penataan Ruang")
        self._is_given_back(browser, stack, reference)
        self._is_disposed(browser, stack, reference, "Dinas Lingkungan Hidup")
        self._is_worked_on(browser, stack, reference)
        self._is_refused(browser, stack, reference)
        self._is_reworked(browser, stack, reference)
        self._is_accepted(browser, stack, reference)
        with person(Citizen, browser, stack) as reporter:
            self._rates(reporter, reference, code)
        with person(Citizen, browser, stack, region="poso") as stranger:
            stranger.find_case(reference, code)
            stranger.sees("tidak cocok")
            stranger.judge()

    def _reports(self, reporter: Citizen) -> tuple[str, str]:
        reporter.begin("Aduan Warga")
        reporter.judge()
        reporter.choose("Pengaduan")
        reporter.select("Tentang apa?", "Pohon tumbang atau membahayakan")
        reporter.write("Judul singkat", "Pohon miring di tepi jalan")
        reporter.write("Ceritakan kejadiannya", "Pohon besar miring sejak hujan kemarin dan hampir tumbang.")
        reporter.attach("Foto", papers.photo("pohon.jpg"))
        reporter.go_on()
        reporter.judge()
        reporter.write("Alamat atau patokan terdekat", "Seberang SDN Sukasari 4")
        reporter.go_on()
        reporter.judge()
        reporter.go_on()
        name = reporter.page.get_by_role("textbox", name="Nama")
        expect(name).to_be_visible()
        reporter.judge()
        reporter.answer("Saya ingin melapor tanpa menyebut nama", "Ya")
        expect(name).to_be_hidden()
        reporter.judge()
        reporter.go_on()
        reporter.sees("Seberang SDN Sukasari 4")
        reporter.judge()
        reference = reporter.send()
        reporter.judge()
        return reference, reporter.page.locator(".reference").nth(1).inner_text().strip()

    def _is_verified(self, browser: Browser, stack: Stack, reference: str) -> None:
        with person(Officer, browser, stack) as officer:
            officer.log_in("aduan.tangerang", "/desk/")
            officer.open_case(reference)
            officer.sees("Seberang SDN Sukasari 4")
            officer.judge()
            officer.decide("Terima aduan")

    def _is_disposed(self, browser: Browser, stack: Stack, reference: str, agency: str) -> None:
        with person(Officer, browser, stack) as coordinator:
            coordinator.log_in("aduan.tangerang", "/desk/")
            coordinator.open_case(reference)
            coordinator.choose_action("Disposisikan ke instansi")
            coordinator.judge()
            coordinator.select("Instansi penanggung jawab", agency)
            coordinator.choose("Tanpa pemeriksaan lapangan, 14 hari kerja")
            coordinator.confirm("Disposisikan ke instansi")
            coordinator.judge()

    def _is_given_back(self, browser: Browser, stack: Stack, reference: str) -> None:
        back = "Bukan tugas kami, minta disposisi ulang"
        with person(Officer, browser, stack) as agency:
            agency.log_in("dpupr.tangerang", "/desk/")
            agency.open_case(reference)
            agency.judge()
            agency.choose_action(back)
            agency.page.get_by_label("Alasan").fill("Pohon tepi jalan ditangani Dinas Lingkungan Hidup.")
            agency.judge()
            agency.confirm(back)
            agency.judge()
            gone = agency.page.goto(stack.url("tangerang", f"/desk/cases/{reference}/"))
            assert gone is not None

    def _is_worked_on(self, browser: Browser, stack: Stack, reference: str) -> None:
        with person(Officer, browser, stack) as agency:
            agency.log_in("dlh.tangerang", "/desk/")
            agency.open_case(reference)
            agency.choose_action("Mulai kerjakan")
            agency.judge()
            agency.write("Apa yang akan dilakukan", "Memangkas dahan dan menyangga batang.")
            agency.date("Target selesai", "31-12-2099")
            agency.confirm("Mulai kerjakan")
            agency.judge()
            agency.open(f"/desk/cases/{reference}/")
            agency.choose_action("Laporkan hasil")
            agency.write("Apa yang sudah dilakukan", "Dahan sudah dipangkas.")
            agency.confirm("Laporkan hasil")
            expect(agency.page.get_by_role("alert")).to_be_visible()
            agency.judge()
            agency.attach("Foto bukti", papers.photo("sesudah.jpg"))
            agency.confirm("Laporkan hasil")
            agency.judge()

    def _is_refused(self, browser: Browser, stack: Stack, reference: str) -> None:
        with person(Officer, browser, stack) as inspector:
            inspector.log_in("pemeriksa.tangerang", "/desk/")
            inspector.open_case(reference)
            inspector.sees("sesudah.jpg")
            inspector.judge()
            inspector.choose_action("Belum sesuai, kerjakan ulang")
            inspector.page.get_by_label("Alasan").fill("Batang belum disangga.")
            inspector.judge()
            inspector.confirm("Belum sesuai, kerjakan ulang")
            inspector.judge()

    def _is_reworked(self, browser: Browser, stack: Stack, reference: str) -> None:
        with person(Officer, browser, stack) as agency:
            agency.log_in("dlh.tangerang", "/desk/")
            agency.open_case(reference)
            agency.sees("Batang belum disangga.")
            agency.judge()
            agency.choose_action("Laporkan hasil")
            agency.judge()
            agency.write("Apa yang sudah dilakukan", "Dahan dipangkas, batang disangga dua tiang.")
            agency.attach("Foto bukti", papers.photo("disangga.jpg"))
            agency.confirm("Laporkan hasil")
            agency.judge()

    def _is_accepted(self, browser: Browser, stack: Stack, reference: str) -> None:
        with person(Officer, browser, stack) as inspector:
            inspector.log_in("pemeriksa.tangerang", "/desk/")
            inspector.open_case(reference)
            inspector.sees("disangga.jpg")
            inspector.choose_action("Hasil sesuai")
            inspector.choose("Datang ke lokasi")
            expect(inspector.page.get_by_label("Foto pemeriksaan")).to_be_visible()
            inspector.choose("Membandingkan foto")
            inspector.judge()
            inspector.confirm("Hasil sesuai")
            inspector.judge()

    def _rates(self, reporter: Citizen, reference: str, code: str) -> None:
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
