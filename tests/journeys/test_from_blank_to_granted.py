"""The main job: a clerk builds a service from blank, a citizen applies, officers decide, mail goes out."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.people import Citizen, Clerk, Officer, person
from tests.stack import Stack

pytestmark = pytest.mark.browser
EMAIL = "ibu.ani@contoh.id"
CASE_OFFICE = "Di kantor yang menangani permohonan"


@pytest.fixture(scope="module")
def service(browser: Browser, stack: Stack) -> str:
    """The title of a service that a clerk has built and published."""
    return build_service(browser, stack)


def build_service(browser: Browser, stack: Stack, title: str = "Izin Keramaian Kampung") -> str:
    """Build and publish in the panel: five questions, a condition, two approval steps."""
    with person(Clerk, browser, stack) as clerk:
        clerk.log_in("perancang.tangerang", "/admin/")
        clerk.create(title)
        clerk.add_question("Teks pendek", "Nama penanggung jawab")
        clerk.require()
        clerk.add_question("Email", "Email Anda")
        clerk.require()
        clerk.add_question("Pilih satu", "Jenis acara")
        clerk.options("Hajatan", "Konser")
        clerk.require()
        clerk.add_question("Teks panjang", "Susunan hiburan")
        clerk.show_only_if("Jenis acara", "Konser")
        clerk.add_question("Kantor", "Kelurahan tempat acara")
        clerk.require()
        clerk.judge()
        clerk.tab("Info")
        clerk.judge()
        clerk.page.get_by_label("Dalam satu kalimat").fill("Izin untuk acara yang mengundang banyak orang.")
        clerk.page.get_by_label("Nama", exact=True).select_option(label="1. Nama penanggung jawab")
        clerk.page.get_by_label("Ditanyakan lagi sebelum status ditampilkan").select_option(
            label="2. Email Anda"
        )
        clerk.tab("Persetujuan")
        clerk.page.get_by_label("Kantor yang menangani disebut dalam").select_option(index=1)
        clerk.step(1).get_by_label("Siapa yang melakukan").select_option(label="Petugas loket")
        clerk.step(1).get_by_label("Di kantor mana").select_option(label=CASE_OFFICE)
        clerk.press("Tambah langkah")
        second = clerk.step(2)
        second.get_by_label("Yang dilakukan pada langkah ini").fill("Persetujuan kepala seksi")
        second.get_by_label("Siapa yang melakukan").select_option(label="Kepala seksi pemerintahan")
        second.get_by_label("Di kantor mana").select_option(label=CASE_OFFICE)
        clerk.judge()
        clerk.tab("Surat & pesan")
        clerk.judge()
        clerk.publish()
        clerk.page.wait_for_load_state("networkidle")
        clerk.tab("Terbitkan")
        clerk.judge()
        expect(clerk.page.locator(".b-releases")).to_contain_text("Rina Kusuma")
    return title


class TestFromBlankToGranted:
    """One application, told in the order it happens."""

    @pytest.mark.parametrize("javascript", [True, False], ids=["with-script", "without-script"])
    def test_is_filed_corrected_raced_granted_and_tracked(
        self, browser: Browser, stack: Stack, service: str, javascript: bool
    ) -> None:
        email = EMAIL if javascript else f"tanpa.{EMAIL}"
        with person(Citizen, browser, stack, javascript=javascript) as citizen:
            reference = self._applies(citizen, service, email)
            self._is_sent_back(browser, stack, reference)
            self._corrects(citizen, reference)
            self._is_raced(browser, stack, reference)
            citizen.page.reload()
            citizen.sees("Dikabulkan")
            citizen.judge()
        self._mail_arrived(stack, email, reference)
        self._elsewhere_it_is_unknown(browser, stack, reference, service)

    def _applies(self, citizen: Citizen, service: str, email: str) -> str:
        citizen.begin(service)
        citizen.judge()
        citizen.go_on()
        expect(citizen.page.get_by_role("alert")).to_be_visible()
        citizen.judge()
        citizen.write("Nama penanggung jawab", "Ani Suryani")
        citizen.write("Email Anda", email)
        citizen.choose("Konser")
        if not citizen.javascript:
            citizen.select("Kelurahan tempat acara", "Kelurahan Sukasari")
            citizen.go_on()
        citizen.page.get_by_label(re.compile("^Susunan hiburan")).fill("Orkes dangdut, pukul 19 sampai 22.")
        citizen.select("Kelurahan tempat acara", "Kelurahan Sukasari")
        citizen.judge()
        citizen.go_on()
        citizen.sees("Orkes dangdut")
        citizen.judge()
        reference = citizen.send()
        citizen.judge()
        return reference

    def _is_sent_back(self, browser: Browser, stack: Stack, reference: str) -> None:
        with person(Officer, browser, stack) as officer:
            officer.log_in("loket.tangerang", "/desk/")
            officer.judge()
            officer.open_case(reference)
            officer.judge()
            officer.choose_action("Kembalikan untuk diperbaiki")
            officer.page.get_by_label(re.compile("^Susunan hiburan")).check()
            officer.page.get_by_label("Alasan").fill("Tuliskan juga pengeras suara yang dipakai.")
            officer.judge()
            officer.confirm("Kembalikan untuk diperbaiki")

    def _corrects(self, citizen: Citizen, reference: str) -> None:
        citizen.follow("Lihat status permohonan")
        citizen.sees("Perlu perbaikan Anda")
        citizen.sees("pengeras suara")
        citizen.judge()
        citizen.follow("Perbaiki")
        citizen.judge()
        assert citizen.page.get_by_label("Nama penanggung jawab").count() == 0
        citizen.page.get_by_label(re.compile("^Susunan hiburan")).fill("Orkes, satu pengeras suara.")
        citizen.press("Kirim perbaikan")
        expect(citizen.page.locator(".tag").first).to_contain_text("sedang diperiksa")

    def _is_raced(self, browser: Browser, stack: Stack, reference: str) -> None:
        with person(Officer, browser, stack) as desk:
            desk.log_in("loket.tangerang", "/desk/")
            desk.open_case(reference)
            desk.sees("satu pengeras suara")
            desk.choose_action("Setujui")
            desk.confirm("Setujui")
        with person(Officer, browser, stack) as first, person(Officer, browser, stack) as second:
            for officer, account in ((first, "kasi.tangerang"), (second, "kasi2.tangerang")):
                officer.log_in(account, "/desk/")
                officer.open_case(reference)
                officer.choose_action("Setujui")
            first.confirm("Setujui")
            first.judge()
            second.confirm("Setujui")
            second.reads_heading(re.compile("Sudah diputuskan oleh .*Dewi Lestari"))
            second.judge()

    def _mail_arrived(self, stack: Stack, email: str, reference: str) -> None:
        mails = stack.wait_for_mail(to=email, about=reference, count=3)
        assert len(mails) == 3, [str(mail["Subject"]) for mail in mails]
        assert not any("Ani Suryani" in mail.as_string() for mail in mails)

    def _elsewhere_it_is_unknown(self, browser: Browser, stack: Stack, reference: str, service: str) -> None:
        with person(Citizen, browser, stack, region="poso") as citizen:
            citizen.open("/services/")
            assert service not in citizen.page.content()
            citizen.find_case(reference, EMAIL)
            citizen.sees("tidak cocok")
        with person(Officer, browser, stack, region="poso") as officer:
            officer.log_in("loket.poso", "/desk/")
            answer = officer.page.goto(stack.url("poso", f"/desk/cases/{reference}/"))
            assert answer is not None
            assert answer.status == 404
