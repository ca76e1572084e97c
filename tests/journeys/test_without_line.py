"""The connection goes, the telephone changes hands, two devices meet: nothing typed is lost.

Threats and faults by their ids: T25 double submit, F1 unacknowledged retry, F9 the same post again,
F10 two devices and old tabs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.journeys import papers
from tests.journeys.people import Citizen, person
from tests.stack import Stack

pytestmark = pytest.mark.browser

POST = """() => {
    const form = document.querySelector("form[data-send]");
    const post = { method: "POST", body: new FormData(form), redirect: "manual" };
    return fetch(form.action, post).then(() => true);
}"""
WORKER = """() => new Promise((done) => {
    const worker = navigator.serviceWorker;
    if (worker.controller) done(true);
    else worker.addEventListener("controllerchange", () => done(true));
})"""
KEPT = """async () => {
    const requests = [];
    for (const name of await caches.keys()) requests.push(...(await (await caches.open(name)).keys()));
    return requests.map((request) => new URL(request.url).pathname);
}"""
SILENCE = """() => {  // a killed browser says no last word
    navigator.sendBeacon = () => false;
    window.fetch = () => new Promise(() => {});
}"""
EMAIL = "sri.tanpa.sinyal@contoh.id"


class Traveller(Citizen):
    """Fills in the letter of domicile where the line comes and goes."""

    def cut(self) -> None:
        """Lose the line, on a page that has arrived whole."""
        self.page.wait_for_load_state("networkidle")
        self.page.context.set_offline(True)

    def join(self) -> None:
        self.page.context.set_offline(False)

    def opens_anew(self, where: str) -> None:
        """Have the browser killed, find the line again, and open the address in a new tab."""
        context = self.page.context
        self.page.evaluate(SILENCE)
        self.page.close()
        context.set_offline(False)
        self.page = context.new_page()
        self.page.goto(where)

    def about_herself(self) -> None:
        self.write("Nama lengkap", "Sri Wahyuni")
        self.write("NIK", "3671015708900001")
        self.write("Nomor Kartu Keluarga", "3671011203150007")
        self.write("Tempat lahir", "Wonogiri")
        self.date("Tanggal lahir", "17-8-1990")
        self.choose("Perempuan")
        self.select("Agama atau kepercayaan", "Islam")
        self.select("Status perkawinan", "Kawin")
        self.write("Pekerjaan", "Penjahit")
        self.write("Nomor HP", "0812 3456 7890")
        self.write("Alamat email", EMAIL)

    def purpose(self) -> None:
        self.choose("Pendatang")
        self.write("Keperluan", "Membuka rekening bank")
        self.select("Kelurahan atau desa yang menerbitkan surat", "Kelurahan Sukasari")

    def address(self) -> None:
        self.write("Nama jalan, gang, blok, dan nomor", "Gang Melati 4")
        self.write("RT", "003")
        self.write("RW", "007")
        self.date("Menempati alamat ini sejak", "1-7-2026")
        self.write("Alamat asal", "Dusun Ngadirojo, Wonogiri")
        self.choose("Milik sendiri")

    def files(self) -> None:
        self.attach("KTP-el", papers.photo("ktp.jpg"))
        self.attach("Kartu Keluarga", papers.letter("kk.pdf"))
        self.attach("Surat domisili atau surat pindah", papers.photo("surat.jpg"))

    def statement(self) -> None:
        self.page.get_by_label(re.compile("^Saya menyatakan data")).check()

    def agreement(self) -> None:
        self.page.get_by_label("Isian saya benar").check()

    def pages(self) -> Iterator[tuple[str, Callable[[], None]]]:
        """Yield the heading of each page and how it is filled in."""
        yield "Data diri", self.about_herself
        yield "Surat untuk siapa", self.purpose
        yield "Alamat domisili", self.address
        yield "Berkas", self.files
        yield "Pernyataan", self.statement

    def stays(self, button: str) -> None:
        """Press a button without a line and read that nothing was sent."""
        where = self.page.url
        self.press(button)
        expect(self.page.get_by_role("alert")).to_contain_text("Belum terkirim: tidak ada sambungan.")
        assert self.page.url == where


@pytest.fixture
def traveller(browser: Browser, stack: Stack) -> Iterator[Traveller]:
    """Somebody on the first page of the letter."""
    with person(Traveller, browser, stack) as someone:
        someone.open("/services/surat-domisili/")
        someone.press("Mulai")
        someone.reads_heading("Data diri")
        yield someone


class TestWithoutALine:
    def test_every_page_in_turn_waits_with_all_that_was_typed(
        self, traveller: Traveller, stack: Stack
    ) -> None:
        """T25, F1, F9: cut on each page and on the check; sent twice; one case, one mail."""
        for heading, fill in traveller.pages():
            traveller.reads_heading(heading)
            if heading == "Berkas":
                fill()
            traveller.cut()
            if heading != "Berkas":
                fill()
            traveller.stays("Lanjut")
            if heading == "Data diri":
                traveller.judge()
            traveller.join()
            traveller.press("Coba lagi")
        traveller.reads_heading("Periksa")
        for words in (
            "Sri Wahyuni",
            "Membuka rekening bank",
            "Gang Melati 4",
            "ktp.jpg",
            "kk.pdf",
            "surat.jpg",
        ):
            traveller.sees(words)
        traveller.agreement()
        traveller.cut()
        traveller.stays("Kirim permohonan")
        traveller.judge()
        traveller.join()
        traveller.press("Coba lagi")
        traveller.reads_heading("sudah kami terima")
        reference = traveller.page.locator(".reference").first.inner_text().strip()
        traveller.page.go_back()
        traveller.reads_heading("sudah kami terima")
        traveller.sees(reference)
        assert len(stack.wait_for_mail(to=EMAIL, about=reference)) == 1

    def test_a_page_goes_by_itself_when_the_line_is_back(self, traveller: Traveller) -> None:
        traveller.about_herself()
        traveller.cut()
        traveller.stays("Lanjut")
        traveller.page.get_by_label("Kirim sendiri begitu sambungan kembali").check()
        traveller.join()
        traveller.reads_heading("Surat untuk siapa")

    def test_an_answer_lost_on_the_way_back_gives_the_same_receipt(self, traveller: Traveller) -> None:
        """F1, F9: the server filed, but its answer never arrived; the next try shows the one receipt."""
        for _heading, fill in traveller.pages():
            fill()
            traveller.go_on()
        traveller.reads_heading("Periksa")
        traveller.agreement()

        traveller.page.evaluate(POST)
        traveller.press("Kirim permohonan")
        traveller.reads_heading("sudah kami terima")

    def test_a_guard_that_has_gone_is_renewed_unseen(self, traveller: Traveller) -> None:
        traveller.about_herself()
        traveller.page.context.clear_cookies()
        traveller.go_on()
        traveller.reads_heading("Surat untuk siapa")


class TestTheSite:
    """T27: without a line the public pages can be read; nobody's own page is ever kept."""

    def test_can_be_read_without_a_line(self, browser: Browser, stack: Stack) -> None:
        with person(Traveller, browser, stack) as reader:
            reader.open("/")
            reader.page.evaluate(WORKER)
            for path in ("/", "/services/", "/services/surat-domisili/"):
                reader.open(path)
            reader.cut()
            reader.open("/services/surat-domisili/")
            reader.reads_heading("Surat Keterangan Domisili")
            reader.sees("Tidak ada sambungan. Halaman ini mungkin bukan yang terbaru.")
            reader.judge()
            reader.open("/services/aduan-warga/")
            reader.reads_heading("Tidak ada sambungan")
            reader.judge()
            reader.join()
            reader.follow("Coba lagi")
            reader.reads_heading("Aduan")

    def test_keeps_no_page_of_an_application(self, browser: Browser, stack: Stack) -> None:
        with person(Traveller, browser, stack) as someone:
            someone.open("/")
            someone.page.evaluate(WORKER)
            someone.open("/services/surat-domisili/")
            someone.press("Mulai")
            someone.reads_heading("Data diri")
            someone.about_herself()
            someone.go_on()
            where = someone.page.url
            someone.cut()
            paths = someone.page.evaluate(KEPT)
            assert "/services/surat-domisili/" in paths
            assert not [path for path in paths if path.startswith(("/apply/", "/track/", "/accounts/"))]
            someone.page.goto(where)
            someone.reads_heading("Tidak ada sambungan")
            someone.sees("isian Anda tersimpan")
            someone.join()
            someone.page.goto(where)
            someone.reads_heading("Surat untuk siapa")


class TestFiles:
    """F18, T29: each file goes by itself, is cut, goes on, and is judged when it has arrived."""

    @pytest.fixture
    def attacher(self, traveller: Traveller) -> Traveller:
        for heading, fill in traveller.pages():
            if heading == "Berkas":
                break
            fill()
            traveller.go_on()
        traveller.reads_heading("Berkas")
        traveller.page.wait_for_load_state("networkidle")
        return traveller

    def test_go_on_in_a_new_tab_where_they_were_cut(self, attacher: Traveller) -> None:
        where, sent = attacher.page.url, []

        def cut(route: Route) -> None:
            sent.append(int(route.request.headers["upload-offset"]))
            route.continue_() if len(sent) < 4 else route.abort()

        attacher.page.route("**/files/*/", cut)
        attacher.attach("Kartu Keluarga", papers.letter("kk.pdf", kilobytes=900))
        attacher.sees("Tidak ada sambungan. Akan berlanjut sendiri.")
        attacher.judge()
        attacher.opens_anew(where)
        attacher.page.wait_for_load_state("networkidle")
        with attacher.page.expect_response(re.compile("/files/$")) as begun:
            attacher.attach("Kartu Keluarga", papers.letter("kk.pdf", kilobytes=900))
        assert begun.value.json()["offset"] == sent[3] > 400_000
        expect(attacher.page.locator("[data-kept]")).to_contain_text("kk.pdf")
        attacher.page.reload()
        attacher.sees("kk.pdf")

    def test_go_on_by_themselves_when_the_line_is_back(self, attacher: Traveller) -> None:
        attacher.cut()
        attacher.attach("KTP-el", papers.photo("ktp.jpg"))
        attacher.sees("Tidak ada sambungan. Akan berlanjut sendiri.")
        attacher.stays("Lanjut")
        attacher.join()
        expect(attacher.page.locator("[data-kept]")).to_contain_text("ktp.jpg")
        attacher.judge()

    def test_that_are_not_what_they_say_are_refused_at_once(self, attacher: Traveller) -> None:
        attacher.attach("KTP-el", papers.false_photo("ktp.jpg"))
        attacher.sees("“ktp.jpg” tidak dapat diterima. Silakan lampirkan")
        attacher.judge()
        attacher.press("Lanjut")
        expect(attacher.page.get_by_role("button", name="Hapus ktp.jpg")).to_be_focused()
        attacher.attach("KTP-el", papers.photo("ktp.jpg"))
        expect(attacher.page.locator("[data-kept]")).to_contain_text("ktp.jpg")
        attacher.press("Hapus ktp.jpg")
        expect(attacher.page.locator("[data-kept]")).to_have_count(0)


class TestTheCopyOnThePhone:
    def test_comes_back_after_the_tab_was_closed(self, traveller: Traveller) -> None:
        where = traveller.page.url
        traveller.cut()
        traveller.write("Tempat lahir", "Wonogiri")
        traveller.choose("Perempuan")
        expect(traveller.page.get_by_text("disimpan di HP ini")).to_be_visible()
        traveller.opens_anew(where)
        traveller.sees("Dikembalikan dari HP ini karena belum tersimpan: “Tempat lahir” dan “Jenis kelamin”")
        expect(traveller.page.get_by_role("textbox", name="Tempat lahir")).to_have_value("Wonogiri")
        expect(traveller.page.get_by_label("Perempuan", exact=True)).to_be_checked()
        traveller.judge()
        traveller.press("Buang yang dikembalikan")
        expect(traveller.page.get_by_role("textbox", name="Tempat lahir")).to_have_value("")
        traveller.page.reload()
        expect(traveller.page.get_by_role("textbox", name="Tempat lahir")).to_have_value("")

    def test_is_offered_beside_what_another_device_saved_meanwhile(
        self, traveller: Traveller, browser: Browser, stack: Stack
    ) -> None:
        """F10: per question both versions are kept, and the person chooses."""
        where = traveller.page.url
        traveller.cut()
        traveller.write("Tempat lahir", "Wonogiri")
        traveller.write("Pekerjaan", "Penjahit")
        expect(traveller.page.get_by_text("Ketikan Anda disimpan di HP ini")).to_be_visible()
        with person(Traveller, browser, stack) as other:
            other.page.goto(where)
            other.page.wait_for_load_state("networkidle")  # the parts of the script are there
            other.write("Tempat lahir", "Solo")
            expect(other.page.get_by_text("Tersimpan pukul")).to_be_visible()
        traveller.opens_anew(where)
        traveller.sees("Diubah juga di tempat lain: “Tempat lahir”. Versi itu yang tampil;")
        traveller.sees("Versi lain: Wonogiri")
        expect(traveller.page.get_by_role("textbox", name="Tempat lahir")).to_have_value("Solo")
        expect(traveller.page.get_by_role("textbox", name="Pekerjaan")).to_have_value("Penjahit")
        traveller.press("Pakai versi ini “Tempat lahir”")
        expect(traveller.page.get_by_role("textbox", name="Tempat lahir")).to_have_value("Wonogiri")
        traveller.sees("Versi lain: Solo")

    def test_is_gone_after_sending_and_after_logging_out(self, traveller: Traveller) -> None:
        kept = "JSON.stringify({{x: {{at: Date.now(), values: {{}}}}}})"
        keep = "localStorage.setItem('rakit.page.' + {page!r}, " + kept + ")"
        token = re.search(r"/apply/([^/]+)/", traveller.page.url)
        assert token
        for _heading, fill in traveller.pages():
            fill()
            traveller.go_on()
        traveller.reads_heading("Periksa")
        traveller.page.evaluate(keep.format(page=f"{token[1]}/alamat/"))
        traveller.page.evaluate(keep.format(page="lain/alamat/"))
        traveller.send()
        traveller.page.wait_for_load_state("networkidle")
        left = "Object.keys(localStorage).filter((name) => name.startsWith('rakit.page.')).join()"
        assert traveller.page.evaluate(left) == "rakit.page.lain/alamat/"
        traveller.log_in("warga.tangerang", "/accounts/login/?next=/accounts/logout/")
        traveller.page.wait_for_load_state("networkidle")
        traveller.press("Keluar")
        traveller.page.wait_for_url(traveller.stack.url("tangerang"))
        assert traveller.page.evaluate(left) == ""

    def test_is_not_made_on_a_shared_phone(self, traveller: Traveller) -> None:
        traveller.cut()
        traveller.write("Tempat lahir", "Wonogiri")
        expect(traveller.page.get_by_text("Ketikan Anda disimpan di HP ini")).to_be_visible()
        traveller.press("HP ini dipakai bersama")
        traveller.sees("isian tidak disimpan di HP")
        assert traveller.page.evaluate("localStorage.length + sessionStorage.length") == 0
        traveller.write("Pekerjaan", "Penjahit")
        expect(traveller.page.get_by_text("Ketikan Anda tetap ada di halaman ini")).to_be_visible()
        assert traveller.page.evaluate("localStorage.length + sessionStorage.length") == 0
        traveller.join()
        traveller.open("/")
        assert traveller.page.get_by_text("Lanjutkan isian").count() == 0
        traveller.open("/services/surat-domisili/")
        traveller.press("Mulai")
        traveller.sees("HP ini dipakai bersama: isian tidak disimpan")
        traveller.judge()
        traveller.press("HP ini hanya milik saya")
        traveller.sees("Apakah HP ini juga dipakai orang lain?")


class TestTwoDevices:
    def test_tell_each_other_what_they_changed(
        self, traveller: Traveller, browser: Browser, stack: Stack
    ) -> None:
        """F10: an old tab takes nothing back, and its reader is told while typing."""
        where = traveller.page.url
        traveller.about_herself()
        expect(traveller.page.get_by_text("Tersimpan pukul")).to_be_visible()
        with person(Traveller, browser, stack) as other:
            other.page.goto(where)
            other.page.wait_for_load_state("networkidle")  # the parts of the script are there
            other.write("Pekerjaan", "Guru")
            expect(other.page.get_by_text("Tersimpan pukul")).to_be_visible()
            traveller.write("Tempat lahir", "Solo")
            alert = traveller.page.get_by_role("alert").filter(has_text="“Pekerjaan”")
            expect(alert).to_contain_text("telah diubah di jendela lain")
            traveller.judge()
            traveller.press("Tampilkan halaman terbaru")
            expect(traveller.page.get_by_role("textbox", name="Pekerjaan")).to_have_value("Guru")
            expect(traveller.page.get_by_role("textbox", name="Tempat lahir")).to_have_value("Solo")
