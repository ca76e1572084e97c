"""Clumsy clicks: nothing happens twice, nothing is lost, and there is always a sentence."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from builder.models import Module, Release
from runtime.regions import scope
from runtime.regions.models import Region
from tests import axe, visiting
from tests.builder.test_boxes_browser import held, outline
from tests.builder.test_panel_browser import add

pytestmark = pytest.mark.browser
STRANGE = '<b onclick="x()">Nama</b> 👨‍👩‍👧 الاسم {reference} ' + "a" * 300
# What of the page lies to the side of it, seen or unseen: the keyboard would be led there.
BEYOND = """() => ["html", "main"].map((name) => document.querySelector(name))
  .filter((one) => one.scrollWidth > one.clientWidth).map((one) => `${one.tagName} ${one.scrollWidth}`)"""


def save(page: Page) -> None:
    """Save the draft and wait until it is."""
    visiting.follow(page, page.get_by_role("button", name="Simpan draf").first)


class TestDoubleClicks:
    def test_add_and_remove_one_thing(self, panel: Page):
        panel.locator(".b-palette").get_by_role("button", name="Teks pendek", exact=True).dblclick()
        expect(panel.locator(".b-question")).to_have_count(1)
        panel.get_by_label("Kalimat pertanyaan").fill("Satu")
        panel.get_by_role("button", name="Gandakan", exact=True).dblclick()
        expect(panel.locator(".b-question")).to_have_count(2)
        panel.locator(".b-palette").get_by_role("button", name="Alamat", exact=True).last.dblclick()
        expect(panel.locator(".b-question")).to_have_count(3)
        panel.get_by_role("button", name="Hapus", exact=True).dblclick()
        expect(panel.locator(".b-question")).to_have_count(2)
        panel.locator(".b-palette").get_by_role("button", name="Tambah halaman").dblclick()
        assert len(held(panel)["pages"]) == 2

    def test_begin_and_publish_once(self, panel: Page, tangerang: Region):
        add(panel, "Teks pendek", "Nama")
        panel.get_by_role("tab", name="Terbitkan").click()
        expect(panel.locator(".b-fine")).to_be_visible()
        panel.get_by_role("button", name="Terbitkan sekarang").dblclick()
        expect(panel.locator(".b-releases td").first).to_have_text("1")
        with scope.use(tangerang):
            assert Release.objects.count() == 1
        panel.goto(panel.url.split("/edit/")[0] + "/add/")
        panel.get_by_label("Judul layanan").fill("Izin Kedua")
        panel.get_by_role("button", name="Mulai menyusun").dblclick()
        expect(panel.get_by_role("tab", name="Pertanyaan")).to_be_visible()
        with scope.use(tangerang):
            assert Module.objects.filter(title="Izin Kedua").count() == 1


class TestConditions:
    def test_keep_the_question_they_name_or_go_with_it(self, panel: Page):
        add(panel, "Teks pendek", "Pekerjaan")
        add(panel, "Tanggal", "Tanggal lahir")
        panel.get_by_role("button", name="Munculkan hanya bila …").click()
        rule = held(panel)["pages"][0]["fields"][1]["visible"]
        panel.locator(".b-question__label", has_text="Pekerjaan").click()
        before = held(panel)
        window = panel.get_by_role("dialog", name="Bagian lain memerlukan ini")

        down = panel.get_by_role("button", name="Turunkan: Pekerjaan")
        down.focus()
        panel.keyboard.press("Enter")
        expect(window).to_contain_text("jawaban “Pekerjaan”")
        expect(window.locator("li")).to_have_text(["“Tanggal lahir” akan selalu ditampilkan."])
        expect(window.get_by_role("button", name="Biarkan semua seperti semula")).to_be_focused()
        found = axe.run(panel, context="dialog", options=axe.BUILDER)
        assert found.violations_count == 0, found.generate_report()
        panel.keyboard.press("Escape")
        expect(window).to_have_count(0)
        expect(down).to_be_focused()
        assert held(panel) == before

        panel.locator(".b-question__main", has_text="Tanggal lahir").drag_to(
            panel.locator("[data-key=pekerjaan]")
        )
        expect(window.locator("li")).to_have_text(["“Tanggal lahir” akan selalu ditampilkan."])
        window.get_by_role("button", name="Biarkan semua seperti semula").click()
        assert held(panel) == before

        panel.get_by_role("button", name="Hapus", exact=True).click()
        window.get_by_role("button", name="Lanjutkan dan ubah juga bagian itu").press("Enter")
        expect(panel.locator(".b-status")).to_contain_text("“Tanggal lahir” akan selalu ditampilkan.")
        assert outline(panel) == ["tanggal_lahir"]
        assert "visible" not in held(panel)["pages"][0]["fields"][0]
        panel.get_by_role("button", name="Urungkan").click()
        assert held(panel) == before
        assert held(panel)["pages"][0]["fields"][1]["visible"] == rule


class TestLabels:
    def test_of_any_kind_are_words_and_break_nothing(self, panel: Page):
        add(panel, "Teks pendek", STRANGE)
        add(panel, "Teks pendek", "x" * 5000)
        panel.get_by_role("button", name="Munculkan hanya bila …").click()
        labels = [field["label"]["id"] for field in held(panel)["pages"][0]["fields"]]
        assert labels == [STRANGE, "x" * 5000]
        assert panel.locator(".b-question__label").first.text_content() == STRANGE
        assert panel.locator(".b-question b").count() == 0
        assert panel.evaluate(BEYOND) == []
        panel.emulate_media(forced_colors="active", color_scheme="dark")
        for kind, line in ((".b-tab", "borderBottomColor"), (".b-question", "outlineStyle")):
            looks = panel.locator(kind).evaluate_all(f"all => all.map(one => getComputedStyle(one).{line})")
            assert sorted(looks.count(look) for look in set(looks)) == [1, len(looks) - 1], kind
        panel.emulate_media(forced_colors="none", color_scheme="light")
        tallest = panel.locator(".b-question").last.evaluate("row => row.getBoundingClientRect().height")
        assert tallest < 250
        save(panel)
        panel.reload()
        assert [field["label"]["id"] for field in held(panel)["pages"][0]["fields"]] == labels
        panel.get_by_label("Kalimat pertanyaan").fill("y" * 5001)
        panel.get_by_role("tab", name="Terbitkan").click()
        expect(panel.locator(".b-problem--error").first).to_contain_text("5")
        panel.get_by_role("button", name="Terbitkan sekarang").click()
        expect(panel.locator(".messages, [role=alert]").first).to_be_visible()
        assert held(panel)["pages"][0]["fields"][0]["label"]["id"] == "y" * 5001


class TestLeaving:
    def test_with_unsaved_changes_is_asked_about(self, panel: Page):
        panel.route("**/edit/**", lambda route: route.abort())  # nothing can be saved by itself
        add(panel, "Teks pendek", "Nama")
        watched = panel.locator("[data-w-unsaved-has-edits-value=true]")
        for number in range(60):  # Wagtail watches the form some seconds after it was opened
            panel.get_by_label("Kalimat pertanyaan").fill(f"Nama {number}")
            panel.wait_for_timeout(500)
            if watched.count():
                break
        with panel.expect_event("dialog") as asked:
            panel.close(run_before_unload=True)
        assert asked.value.type == "beforeunload"
        asked.value.dismiss()
        assert outline(panel) == ["question"]

    def test_by_the_back_button_keeps_what_was_saved(self, panel: Page):
        add(panel, "Teks pendek", "Nama")
        for tab in ("Persetujuan", "Terbitkan", "Pertanyaan"):
            panel.get_by_role("tab", name=tab).click()
        save(panel)
        panel.wait_for_timeout(500)
        url = panel.url
        panel.go_back()
        panel.goto(url)
        assert [field["label"]["id"] for field in held(panel)["pages"][0]["fields"]] == ["Nama"]

    def test_a_second_tab_never_overwrites_the_first_in_silence(self, panel: Page):
        add(panel, "Teks pendek", "Nama")
        save(panel)
        second = panel.context.new_page()
        second.goto(panel.url)
        second.get_by_role("tab", name="Pertanyaan").click()
        add(second, "Teks pendek", "Dari jendela kedua")
        save(second)
        add(panel, "Teks pendek", "Dari jendela pertama")
        panel.get_by_role("button", name="Simpan draf").first.click()
        expect(panel.get_by_text("disimpan di jendela lain", exact=False).first).to_be_visible()
        assert [field["label"]["id"] for field in held(panel)["pages"][0]["fields"]][
            -1
        ] == "Dari jendela pertama"
        second.reload()
        assert "Dari jendela kedua" in [field["label"]["id"] for field in held(second)["pages"][0]["fields"]]
        save(panel)
        panel.reload()
        assert [field["label"]["id"] for field in held(panel)["pages"][0]["fields"]][
            -1
        ] == "Dari jendela pertama"
