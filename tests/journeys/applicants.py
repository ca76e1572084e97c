"""The applicants of the real services: a newcomer who rents, and somebody who reports without a name."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys import papers
from tests.journeys.people import Citizen

OFFICE = "Kelurahan Sukasari"


class Newcomer(Citizen):
    """Asks for a letter of domicile on a telephone."""

    email = "sri.wahyuni@contoh.id"
    born = "17-8-1990"

    def begins_and_saves(self) -> str:
        """Fill in two pages and a little of the third, then save; return the address to go on."""
        self.begin("Surat Keterangan Domisili")
        self.judge()
        self.go_on()
        expect(self.page.get_by_role("alert")).to_be_visible()
        self.judge()
        self.write("Nama lengkap", "Sri Wahyuni")
        self.write("NIK", "3671015708900001")
        self.write("Nomor Kartu Keluarga", "3671011203150007")
        self.write("Tempat lahir", "Wonogiri")
        self.date("Tanggal lahir", self.born)
        self.choose("Perempuan")
        self.select("Agama atau kepercayaan", "Islam")
        self.select("Status perkawinan", "Kawin")
        self.write("Pekerjaan", "Penjahit")
        self.write("Nomor HP", "0812 3456 7890")
        self.write("Alamat email", self.email)
        self.go_on()
        self.judge()
        self.choose("Pendatang")
        self.write("Keperluan", "Membuka rekening bank")
        self.select("Kelurahan atau desa yang menerbitkan surat", OFFICE)
        self.go_on()
        self.judge()
        self.write("Nama jalan, gang, blok, dan nomor", "Gang Melati 4")
        self.press("Simpan dulu")
        self.reads_heading("sudah disimpan")
        self.judge()
        return self.page.get_by_label("Alamat untuk melanjutkan").input_value()

    def goes_on(self) -> None:
        """Fill in the rest of the address; renting asks for the owner."""
        self.reads_heading("Alamat domisili")
        street = self.page.get_by_role("textbox", name="Nama jalan, gang, blok, dan nomor")
        expect(street).to_have_value("Gang Melati 4")
        self.write("RT", "003")
        self.write("RW", "007")
        self.date("Menempati alamat ini sejak", "1-7-2026")
        self.write("Alamat asal", "Dusun Ngadirojo, Kabupaten Wonogiri, Jawa Tengah")
        owner = self.page.get_by_role("textbox", name="Nama pemilik tempat")
        expect(owner).to_be_hidden()
        self.choose("Milik sendiri")
        expect(owner).to_be_hidden()
        self.choose("Kontrak atau sewa")
        owner.fill("H. Sanusi")
        self.judge()
        self.go_on()

    def attaches(self) -> None:
        """Try a paper that is not what it says, then attach real ones, and make the statement."""
        self.reads_heading("Berkas")
        assert self.page.get_by_label("Foto tempat usaha").count() == 0
        self.judge()
        self.attach("KTP-el", papers.false_photo("ktp.jpg"))
        self.attach("Kartu Keluarga", papers.letter("kk.pdf"))
        self.sees("“ktp.jpg” tidak dapat diterima. Silakan lampirkan")
        self.judge()
        self.press("Lanjut")
        self.reads_heading("Berkas")
        self.sees("kk.pdf")
        self.attach("KTP-el", papers.photo("ktp.jpg", "KARTU TANDA PENDUDUK"))
        self.attach("Surat domisili atau surat pindah", papers.photo("surat-asal.jpg"))
        self.go_on()
        self.reads_heading("Pernyataan")
        self.judge()
        self.page.get_by_label(re.compile("^Saya menyatakan data")).check()
        self.go_on()


class Reporter(Citizen):
    """Reports a leaning tree without a name."""

    def reports(self) -> tuple[str, str]:
        """Report without a name; return the reference number and the access code."""
        self.begin("Aduan Warga")
        self.judge()
        self.choose("Pengaduan")
        self.select("Tentang apa?", "Pohon tumbang atau membahayakan")
        self.write("Judul singkat", "Pohon miring di tepi jalan")
        self.write("Ceritakan kejadiannya", "Pohon besar miring sejak hujan kemarin dan hampir tumbang.")
        self.attach("Foto", papers.photo("pohon.jpg"))
        self.go_on()
        self.judge()
        self.write("Alamat atau patokan terdekat", "Seberang SDN Sukasari 4")
        self.go_on()
        self.judge()
        self.go_on()
        name = self.page.get_by_role("textbox", name="Nama")
        expect(name).to_be_visible()
        self.judge()
        self.answer("Saya ingin melapor tanpa menyebut nama", "Ya")
        expect(name).to_be_hidden()
        self.judge()
        self.go_on()
        self.sees("Seberang SDN Sukasari 4")
        self.judge()
        reference = self.send()
        self.judge()
        return reference, self.page.locator(".reference").nth(1).inner_text().strip()
