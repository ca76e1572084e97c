"""What civil servants failed at in the peers' own tests, by clicks: two branches, a wrong order, a repeat.

Each ends in a form that a citizen fills in and sends. Source: research of GOV.UK Forms, 2025-04 (four of
seven built two branches, all seven first ordered the questions wrongly) and 2024-08 (one of five built a
repeat of several questions).
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from builder import services
from builder.models import Module
from runtime.regions import scope
from runtime.regions.models import Region, User
from tests import axe
from tests.builder.conftest import DESK, text
from tests.builder.test_boxes_browser import held
from tests.builder.test_panel_browser import add
from tests.builder.test_views import url
from tests.visiting import log_in

pytestmark = pytest.mark.browser
NUMBERED = Path(__file__).parents[1] / "definitions" / "invalid" / "pitfalls-numbered_page.json"


def publish(page: Page) -> None:
    """Publish what was built; nothing is left to be put right."""
    page.get_by_role("tab", name="Terbitkan").click()
    expect(page.locator(".b-problem--error")).to_have_count(0)
    page.get_by_role("button", name="Terbitkan sekarang").click()
    expect(page.locator(".b-releases tbody tr")).to_have_count(1)


@pytest.fixture
def citizen(site, open_page, tangerang: Region) -> Page:
    """Somebody without an account, on a phone."""
    page: Page = open_page()
    page.goto(site(tangerang, "/"))
    return page


def begin(page: Page) -> None:
    page.goto(page.url.split("/apply/")[0])
    page.get_by_role("link", name=re.compile("Izin Keramaian")).first.click()
    page.get_by_role("button", name="Mulai").click()


def go_on(page: Page) -> None:
    with page.expect_event("framenavigated"):
        page.get_by_role("button", name="Lanjut").click()


def send(page: Page) -> None:
    page.get_by_label("Isian saya benar").check()
    page.get_by_role("button", name="Kirim permohonan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("sudah kami terima")


def ask_more(page: Page, answer: str, where: str = "+ Di halaman baru") -> None:
    """Begin what is asked only after an answer; its heading is ready to be written."""
    page.locator(".b-inspector").get_by_role("button", name=f"{where}: {answer}", exact=True).click()


class TestTwoBranches:
    def test_are_built_from_the_answers_and_join_again(self, panel: Page, citizen: Page):
        # Wrong order, as all seven did: what depends on the answer stands before the question.
        add(panel, "Teks pendek", "Nama orkes")
        add(panel, "Ya atau tidak", "Apakah ada hiburan musik?")
        panel.get_by_label("Wajib diisi").check()
        panel.locator(".b-question__label", has_text="Nama orkes").click()
        panel.get_by_label("Tergantung jawaban yang mana?").select_option(
            label="2. Apakah ada hiburan musik? (ditanyakan sesudahnya)"
        )
        expect(panel.locator(".b-status")).to_contain_text(
            "Dipindahkan ke belakang “Apakah ada hiburan musik?”"
        )
        expect(panel.locator(".b-question .b-chip")).to_have_text(
            "Muncul bila “Apakah ada hiburan musik?” adalah ya"
        )
        expect(panel.locator(".b-question__label")).to_have_text(["Apakah ada hiburan musik?", "Nama orkes"])

        add(panel, "Pilih satu", "Siapa yang mengajukan?")
        panel.get_by_label("Pilihan jawaban", exact=True).fill("Perorangan\nBadan usaha")
        panel.get_by_label("Wajib diisi").check()
        # It depends on another answer after all, asked later still: one step, which is undone as one.
        panel.locator(".b-question__label", has_text="Nama orkes").click()
        labels = panel.locator(".b-question__label")
        panel.locator(".b-inspector").get_by_label("Pertanyaan yang mana").select_option(
            label="3. Siapa yang mengajukan? (ditanyakan sesudahnya)"
        )
        expect(labels).to_have_text(["Apakah ada hiburan musik?", "Siapa yang mengajukan?", "Nama orkes"])
        panel.get_by_role("button", name="Urungkan").click()
        expect(labels).to_have_text(["Apakah ada hiburan musik?", "Nama orkes", "Siapa yang mengajukan?"])
        expect(panel.locator(".b-question .b-chip")).to_contain_text("adalah ya")
        labels.last.click()
        ask_more(panel, "Perorangan")
        expect(panel.get_by_label("Judul halaman")).to_have_value("Siapa yang mengajukan? Perorangan")
        add(panel, "Teks pendek", "Pekerjaan")
        panel.locator(".b-question__label", has_text="Siapa yang mengajukan?").click()
        ask_more(panel, "Badan usaha")
        add(panel, "Teks pendek", "Nama badan usaha")
        panel.locator(".b-palette").get_by_role("button", name="Tambah halaman").click()
        panel.get_by_label("Judul halaman").fill("Acara")
        add(panel, "Tanggal", "Tanggal acara")

        panel.locator(".b-question__label", has_text="Siapa yang mengajukan?").click()
        listed = panel.locator(".b-branchlist > li")
        expect(listed.nth(0)).to_contain_text("Halaman 2: Siapa yang mengajukan? Perorangan")
        expect(listed.nth(1)).to_contain_text("Halaman 3: Siapa yang mengajukan? Badan usaha")
        found = axe.run(panel, options=axe.BUILDER)
        assert found.violations_count == 0, found.generate_report()
        pages = held(panel)["pages"]
        assert [part["title"]["id"] for part in pages][1:] == [
            "Siapa yang mengajukan? Perorangan",
            "Siapa yang mengajukan? Badan usaha",
            "Acara",
        ]
        assert [part.get("visible") for part in pages] == [
            None,
            {"==": [{"var": "siapa_yang_mengajukan"}, "perorangan"]},
            {"==": [{"var": "siapa_yang_mengajukan"}, "badan_usaha"]},
            None,
        ]
        publish(panel)

        for answer, asked, other in (
            ("Perorangan", "Pekerjaan", "Nama badan usaha"),
            ("Badan usaha", "Nama badan usaha", "Pekerjaan"),
        ):
            begin(citizen)
            citizen.get_by_role("group", name="Apakah ada hiburan musik?").get_by_label(
                "Tidak", exact=True
            ).check()
            citizen.get_by_label(answer, exact=True).check()
            go_on(citizen)
            citizen.get_by_label(asked).fill("Bengkel")
            expect(citizen.get_by_label(other)).to_have_count(0)
            go_on(citizen)
            expect(citizen.get_by_role("group", name="Tanggal acara")).to_be_visible()
            go_on(citizen)
            expect(citizen.locator("main")).to_contain_text("Bengkel")
            expect(citizen.locator("main")).not_to_contain_text(other)
            send(citizen)


class TestSeveralEntries:
    def test_of_several_questions_are_found_filled_and_summed_up(self, panel: Page, citizen: Page):
        search = panel.get_by_label("Cari jenis pertanyaan")
        search.fill("beberapa orang")
        search.press("Enter")
        panel.get_by_label("Judul bagian", exact=True).fill("Anggota rumah tangga")
        into = panel.locator(".b-into")
        expect(into).to_contain_text("Pertanyaan berikutnya masuk ke “Anggota rumah tangga”.")
        panel.get_by_label("Sebutan satu isian").fill("Anggota")
        panel.get_by_label("Harus ada paling sedikit satu isian").check()
        add(panel, "Tanggal", "Tanggal lahir")
        add(panel, "Pilih satu", "Hubungan")
        panel.get_by_label("Pilihan jawaban", exact=True).fill("Suami\nIstri\nAnak")
        into.get_by_role("button", name="Taruh sesudahnya saja").click()
        expect(into).to_contain_text("sesudah “Anggota rumah tangga”")
        add(panel, "Teks pendek", "Alamat rumah")
        expect(into).to_be_hidden()
        fields = held(panel)["pages"][0]["fields"]
        assert [one["label"]["id"] for one in fields] == ["Anggota rumah tangga", "Alamat rumah"]
        assert [one["label"]["id"] for one in fields[0]["fields"]] == ["Nama", "Tanggal lahir", "Hubungan"]
        publish(panel)

        begin(citizen)
        people = (("Ani", "17-8-1990", "Istri"), ("Bimo", "1-2-2015", "Anak"), ("Cici", "3-4-2018", "Anak"))
        for at, (name, born, relation) in enumerate(people):
            if at:
                citizen.get_by_role("button", name="Tambah: Anggota").click()
            entry = citizen.get_by_role("group", name=f"Anggota {at + 1}", exact=True)
            entry.get_by_label("Nama").fill(name)
            for box, part in zip(("Tanggal", "Bulan", "Tahun"), born.split("-"), strict=True):
                entry.get_by_label(box, exact=True).fill(part)
            entry.get_by_label(relation, exact=True).check()
        citizen.get_by_role("button", name="Hapus Anggota 2").click()
        citizen.get_by_label("Alamat rumah").fill("Jalan Melati 1")
        go_on(citizen)
        summary = citizen.locator("main")
        for words in ("Ani", "17 Agustus 1990", "Istri", "Cici", "3 April 2018", "Anak", "Jalan Melati 1"):
            expect(summary).to_contain_text(words)
        expect(summary).not_to_contain_text("Bimo")
        send(citizen)


def beside(page: Page) -> Locator:
    """What the editor says is usually meant otherwise, beside the selected question or page."""
    return page.locator(".b-inspector .b-advice li")


class TestMistakes:
    def test_are_said_beside_the_question_and_put_right_by_a_click(self, panel: Page, citizen: Page):
        for kind, words in (("Teks pendek", "Nama anak"), ("Tanggal", "Tanggal lahir anak")):
            add(panel, kind, f"{words} 1")
            add(panel, kind, f"{words} 2")
        add(panel, "Teks pendek", "Nomor HP")
        expect(beside(panel)).to_contain_text("padahal ada jenis pertanyaannya: Nomor telepon")
        beside(panel).get_by_role("button", name="Jadikan: Nomor telepon").click()
        add(panel, "Teks pendek", "Tempat, tanggal lahir")
        expect(beside(panel)).to_contain_text("menanyakan dua hal sekaligus")
        beside(panel).get_by_role("button", name="Jadikan dua pertanyaan").click()
        add(panel, "Ya atau tidak", "Apakah Anda menyewa rumah?")
        add(panel, "Teks pendek", "Jika ya, siapa pemiliknya?")
        expect(beside(panel)).to_contain_text("hanya untuk sebagian pemohon")
        beside(panel).get_by_role("button", name="Tampilkan hanya pada jawaban itu").click()
        expect(beside(panel)).to_have_count(0)

        panel.get_by_role("tab", name="Terbitkan").click()
        warning = panel.locator(".b-problem--warning", has_text="pertanyaan yang sama sebanyak 2 kali")
        warning.locator(".b-problem__link").click()
        found = axe.run(panel, options=axe.BUILDER)
        assert found.violations_count == 0, found.generate_report()
        beside(panel).get_by_role("button", name="Jadikan isian berulang").click()
        odd = panel.locator(".b-question", has=panel.locator(".b-chip--advice"))
        for left in (2, 1, 0):
            odd.first.locator(".b-question__main").click()
            beside(panel).get_by_role("button", name="Isi awal dari profil").click()
            expect(odd).to_have_count(left)
        begun = [one.get("prefill") for one in held(panel)["pages"][0]["fields"]]
        assert {"profile": "phone"} in begun
        assert {"profile": "birth_date"} in begun
        asked = [(one["type"], one["label"]["id"]) for one in held(panel)["pages"][0]["fields"]]
        assert asked == [
            ("repeat", "Anak"),
            ("phone", "Nomor HP"),
            ("text", "Tempat lahir"),
            ("date", "Tanggal lahir"),
            ("boolean", "Apakah Anda menyewa rumah?"),
            ("text", "Jika ya, siapa pemiliknya?"),
        ]
        publish(panel)

        begin(citizen)
        citizen.get_by_role("button", name="Tambah: Anak").click()
        entry = citizen.get_by_role("group", name="Anak 1", exact=True)
        entry.get_by_label("Nama anak").fill("Bimo")
        citizen.get_by_role("group", name="Apakah Anda menyewa rumah?").get_by_label("Tidak").check()
        expect(citizen.get_by_label("Jika ya, siapa pemiliknya?")).to_be_hidden()
        go_on(citizen)
        send(citizen)

    def test_pages_with_a_number_become_entries_of_one(
        self, site, open_page, module: Module, clerk: User, citizen: Page
    ):
        copies = json.loads(NUMBERED.read_text(encoding="utf-8"))["pages"]
        del copies[1]["visible"]
        with scope.use(module.region):
            draft = services.read_draft(Module.objects.get(pk=module.pk).document)
            services.save_document(module=module, document=text({**draft, "pages": copies}), user=clerk)
        panel: Page = open_page(viewport=DESK)
        log_in(panel, site(module.region, url("edit", module.pk)), clerk.username)
        panel.get_by_role("tab", name="Terbitkan").click()
        warning = panel.locator(".b-problem--warning", has_text="menanyakan hal yang sama sebanyak 2 kali")
        warning.locator(".b-problem__link").click()
        beside(panel).get_by_role("button", name="Jadikan isian berulang").click()
        (page,) = held(panel)["pages"]
        (entries,) = page["fields"]
        assert (entries["type"], len(entries["fields"])) == ("repeat", 2)
        publish(panel)

        begin(citizen)
        expect(citizen.get_by_role("button", name="Tambah: Data anak")).to_be_visible()
