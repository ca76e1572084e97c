"""What one person types never conflicts with itself and is never lost, however slow the line (F1, F10)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from runtime.regions import scope
from runtime.wizard.models import Draft
from tests import factories
from tests.runtime.forms.asking import Asked
from tests.runtime.wizard.slowline import HeldPost, SlowLine

pytestmark = pytest.mark.browser


def question(key: str, kind: str, label: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "type": kind, "label": {"id": label, "en": label}, **more}


QUESTIONS = [
    question("nama", "text", "Nama", required=True),
    question("tempat", "location", "Tempat"),
    question("asal", "region", "Asal"),
    question("cuti", "date_range", "Cuti"),
    question("telepon", "phone", "Telepon"),
    question("biaya", "money", "Biaya"),
    question("anak", "repeat", "Anak", minItems=1, fields=[question("panggilan", "text", "Panggilan")]),
]
TYPE_LATE = """(text) => {  // in the page: Playwright waits while the browser posts
    const form = document.querySelector("form[data-send]");
    const input = form.elements["tempat-landmark"];
    const type = () => {
        input.value = text;
        input.dispatchEvent(new Event("input", { bubbles: true }));
    };
    let posts = 0;
    form.addEventListener("submit", () => ++posts === 2 && setTimeout(type, 50));
}"""
SAVED = "Tersimpan pukul"
SCRIPTS = re.compile(r"/static/.*\.js")


@pytest.fixture
def asked(ask: Callable[..., Asked]) -> Asked:
    factories.areas()
    return ask(QUESTIONS)


@pytest.fixture
def line(asked: Asked) -> SlowLine:
    return SlowLine(asked.page)


def stored() -> Draft:
    with scope.everywhere("a test looks at what was stored"):
        found: Draft = Draft.objects.latest("pk")
    return found


def box(page: Page, name: str) -> Any:
    return page.locator(f"[name='{name}']")


def put(page: Page, name: str, text: str) -> None:
    box(page, name).fill(text)


def village(page: Page) -> None:
    """Choose a village outside the region's own, list by list."""
    box(page, "asal-province").select_option("72")
    for level in ("regency", "district", "village"):
        page.locator(f"[name='asal-{level}'] option").nth(1).wait_for(state="attached")
        box(page, f"asal-{level}").select_option(index=1)


def is_saved(page: Page) -> None:
    expect(page.get_by_text(SAVED)).to_be_visible()


def stands_alone(page: Page) -> None:
    """Fail when the page tells of another window, another place, or two versions."""
    for words in ("jendela lain", "tempat lain", "Dua versi"):
        expect(page.get_by_text(words)).to_have_count(0)
    assert stored().others == {}


class TestOwnWrites:
    def test_that_arrive_after_the_refused_page_do_not_undo_it(self, asked: Asked, line: SlowLine) -> None:
        """The answer once lost: an old autosave reached a busy server after the page it was typed on."""
        page = asked.page
        put(page, "tempat-landmark", "Dekat ")
        line.hold()
        line.wait_for(1)
        put(page, "tempat-landmark", "Dekat pasar")
        put(page, "cuti-from_day", "7")
        put(page, "telepon", "0812")
        put(page, "biaya", "1.5x")
        put(page, "anak.0.panggilan", "Ani")
        box(page, "asal-province").select_option("72")
        asked.go_on()
        asked.is_refused("Nama")
        page.wait_for_load_state("networkidle")
        line.deliver()
        line.flow()
        put(page, "tempat-landmark", "Dekat pasar lama")
        is_saved(page)
        stands_alone(page)
        page.reload()
        for name, text in {
            "tempat-landmark": "Dekat pasar lama",
            "cuti-from_day": "7",
            "telepon": "0812",
            "biaya": "1.5x",
            "anak.0.panggilan": "Ani",
            "asal-province": "72",
        }.items():
            expect(box(page, name)).to_have_value(text)
        stands_alone(page)

    def test_before_the_scripts_have_come_are_saved_without_another_key(
        self, ask: Callable[..., Asked]
    ) -> None:
        factories.areas()
        page = ask(QUESTIONS, service_workers="block").page  # so that they come over the line
        waiting: list[Route] = []
        page.route(SCRIPTS, lambda route: waiting.append(route))  # noqa: PLW0108 - it marks what it is given
        page.goto(page.url, wait_until="commit")
        put(page, "nama", "Siti")
        box(page, "asal-province").select_option("72")
        page.wait_for_timeout(1_000)
        assert waiting
        assert stored().answers.get("nama") is None
        for held in waiting:
            held.continue_()
        page.unroute(SCRIPTS)
        is_saved(page)
        page.reload()
        expect(box(page, "nama")).to_have_value("Siti")
        expect(box(page, "asal-province")).to_have_value("72")
        stands_alone(page)

    def test_untouched_save_nothing(self, asked: Asked) -> None:
        page, sent = asked.page, []
        put(page, "nama", "Siti")
        is_saved(page)
        page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
        page.goto(page.url, wait_until="networkidle")
        page.wait_for_timeout(2_000)
        assert not sent
        expect(page.get_by_text(SAVED)).to_have_count(0)

    def test_that_overtake_each_other_leave_the_later_text(self, asked: Asked, line: SlowLine) -> None:
        page = asked.page
        line.hold()
        put(page, "nama", "Siti")
        line.wait_for(1)
        line.lose()
        put(page, "nama", "Siti Aminah")
        line.wait_for(2)
        line.deliver(1)
        line.deliver(0)
        assert stored().answers["nama"] == "Siti Aminah"
        page.reload()
        expect(box(page, "nama")).to_have_value("Siti Aminah")
        stands_alone(page)

    def test_typed_while_the_page_was_being_sent_are_kept(self, asked: Asked) -> None:
        page = asked.page
        post = HeldPost(page, "fetch")
        put(page, "nama", "Siti")
        page.locator(".actions button:not([name])").click()
        post.wait()
        put(page, "nama", "Siti Aminah")
        put(page, "tempat-landmark", "Dekat pasar")
        post.send()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Periksa")
        page.go_back()
        expect(box(page, "nama")).to_have_value("Siti Aminah")
        expect(box(page, "tempat-landmark")).to_have_value("Dekat pasar")
        stands_alone(page)

    def test_typed_while_the_refused_page_was_on_its_way_are_put_back(self, asked: Asked) -> None:
        page = asked.page
        post = HeldPost(page, "document")
        put(page, "tempat-landmark", "Dekat")
        page.evaluate(TYPE_LATE, "Dekat pasar")
        page.locator(".actions button:not([name])").click(no_wait_after=True)
        post.wait()
        page.wait_for_timeout(300)
        post.send()
        asked.is_refused("Nama")
        expect(box(page, "tempat-landmark")).to_have_value("Dekat pasar")
        put(page, "tempat-landmark", "Dekat pasar lama")
        is_saved(page)
        stands_alone(page)
        page.reload()
        expect(box(page, "tempat-landmark")).to_have_value("Dekat pasar lama")

    def test_of_a_village_come_back_list_by_list(self, asked: Asked, line: SlowLine) -> None:
        """A list that opens only after the one above it takes what was chosen, once its choices have come."""
        page = asked.page
        where = page.url
        line.cut()
        village(page)
        chosen = box(page, "asal-village").input_value()
        put(page, "tempat-landmark", "Dekat pasar")
        expect(page.get_by_text("disimpan di HP ini")).to_be_visible()
        other = page.context.new_page()
        page.close()
        other.goto(where)
        expect(other.get_by_text("Dikembalikan dari HP ini")).to_be_visible()
        expect(box(other, "asal-village")).to_have_value(chosen)
        expect(box(other, "tempat-landmark")).to_have_value("Dekat pasar")
        is_saved(other)
        other.reload()
        expect(box(other, "asal-village")).to_have_value(chosen)
        expect(other.get_by_text("Dikembalikan dari HP ini")).to_be_hidden()
        stands_alone(other)


class TestTwoVersions:
    """Typed in two places, neither having seen the other: both are kept, and the person chooses."""

    @pytest.fixture
    def elsewhere(self, asked: Asked, browser: Browser) -> Any:
        context = browser.new_context(locale="id-ID")
        page = context.new_page()
        page.goto(asked.page.url)
        page.wait_for_load_state("networkidle")  # the parts of the script are there
        yield page
        context.close()

    def test_of_two_devices_are_both_offered(self, asked: Asked, elsewhere: Page) -> None:
        page = asked.page
        put(elsewhere, "tempat-landmark", "Dekat sekolah")
        is_saved(elsewhere)
        put(page, "tempat-landmark", "Dekat pasar")
        expect(page.get_by_text("jendela lain")).to_be_visible()
        page.get_by_role("button", name="Tampilkan halaman").click()
        expect(page.get_by_text("Versi lain: Dekat sekolah")).to_be_visible()
        expect(box(page, "tempat-landmark")).to_have_value("Dekat pasar")
        asked.judge()
        page.get_by_role("button", name="Pakai versi ini").click()
        expect(box(page, "tempat-landmark")).to_have_value("Dekat sekolah")
        expect(page.get_by_text("Versi lain: Dekat pasar")).to_be_visible()
        page.get_by_role("button", name="Buang versi ini").click()
        expect(page.get_by_text("Versi lain")).to_have_count(0)
        expect(box(page, "tempat-landmark")).to_have_value("Dekat sekolah")

    def test_on_the_phone_and_with_the_server_are_both_offered(
        self, asked: Asked, elsewhere: Page, line: SlowLine
    ) -> None:
        page = asked.page
        line.cut()
        put(page, "tempat-landmark", "Dekat pasar")
        expect(page.get_by_text("disimpan di HP ini")).to_be_visible()
        put(elsewhere, "tempat-landmark", "Dekat sekolah")
        is_saved(elsewhere)
        page.reload()
        line.flow()
        expect(page.get_by_text("Diubah juga di tempat lain: “Tempat”")).to_be_visible()
        expect(box(page, "tempat-landmark")).to_have_value("Dekat sekolah")
        asked.complaints.clear()  # of the line that was cut
        asked.judge()
        page.get_by_role("button", name="Pakai versi ini").click()
        expect(box(page, "tempat-landmark")).to_have_value("Dekat pasar")
        expect(page.get_by_text("Dekat sekolah")).to_be_visible()
        is_saved(page)
        assert stored().typed.get("tempat") or stored().answers["tempat"]["landmark"] == "Dekat pasar"
