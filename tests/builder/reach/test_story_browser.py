"""A clerk without a mouse puts questions together, from the first one to the question before one goes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.builder.test_boxes_browser import held, outline

pytestmark = pytest.mark.browser

MOUSE = """() => { window.mouse = 0; for (const name of ["pointerdown", "mousedown", "dragstart"])
    addEventListener(name, (event) => { window.mouse += event.isTrusted ? 1 : 0; }, true); }"""


def keys(page: Page, *pressed: str) -> None:
    for key in pressed:
        page.keyboard.press(key)


def tab_to(page: Page, mark: str, key: str = "Tab", most: int = 60) -> None:
    """Go on with one key until the keyboard is on what is called so."""
    for _step in range(most):
        if page.evaluate("document.activeElement.dataset.f || document.activeElement.id") == mark:
            return
        page.keyboard.press(key)
    raise AssertionError(f"{most} times {key} do not lead to {mark}.")


def add(page: Page, search: str, words: str) -> None:
    """Look for a kind, take it, and write its words."""
    tab_to(page, "kind:search", "Shift+Tab", 120)
    page.keyboard.type(search)
    page.keyboard.press("Enter")
    at(page, "label")
    page.keyboard.type(words)


def at(page: Page, mark: str) -> None:
    """The keyboard is on what is called so, and that is seen."""
    page.wait_for_function("mark => document.activeElement.dataset.f === mark", arg=mark)
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


class TestClerkWithoutMouse:
    def test_puts_questions_together(self, panel: Page) -> None:
        panel.evaluate(MOUSE)
        tab_to(panel, "b-tab-questions")
        keys(panel, "End")
        expect(panel.get_by_role("tab", name="Terbitkan")).to_be_focused()
        keys(panel, "Home", "ArrowRight")
        expect(panel.get_by_role("tab", name="Pertanyaan")).to_be_focused()
        add(panel, "ya atau tidak", "Punya usaha")
        add(panel, "teks pendek", "Nama usaha")
        tab_to(panel, "visible:nama_usaha:add")
        keys(panel, "Enter")
        tab_to(panel, "question:nama_usaha", "Shift+Tab")
        add(panel, "kelompok", "Usaha")
        tab_to(panel, "question:nama_usaha", "Shift+Tab")
        keys(panel, "Enter")
        assert outline(panel) == ["punya_usaha", "nama_usaha", "group"]
        tab_to(panel, "in")
        keys(panel, "Enter")
        assert outline(panel) == ["punya_usaha", "group", "/nama_usaha"]
        expect(panel.locator(".b-status")).to_contain_text("Usaha")
        at(panel, "out")
        keys(panel, "Enter")
        tab_to(panel, "up", "Shift+Tab")
        keys(panel, "Enter")
        assert outline(panel)[-1] == "group"
        expect(panel.locator(".b-status")).to_contain_text("urutan 2")
        at(panel, "up")

        tab_to(panel, "pick", "Shift+Tab")
        keys(panel, "Enter", "Space")
        at(panel, "pick:punya_usaha")
        tab_to(panel, "pick:nama_usaha")
        keys(panel, "Space")
        tab_to(panel, "pick:copy", "Shift+Tab")
        keys(panel, "Enter")
        tab_to(panel, "pick:done")
        keys(panel, "Enter", "Tab", "Enter")
        assert outline(panel).count("punya_usaha_2") + outline(panel).count("nama_usaha_2") == 2

        tab_to(panel, "question:punya_usaha", "Shift+Tab")
        keys(panel, "Enter")
        tab_to(panel, "remove")
        before = held(panel)
        keys(panel, "Enter")
        ask = panel.get_by_role("dialog", name="Bagian lain memerlukan ini")
        expect(ask.get_by_role("button", name="Biarkan semua seperti semula")).to_be_focused()
        keys(panel, "Escape")
        at(panel, "remove")
        assert held(panel) == before
        keys(panel, "Enter", "Shift+Tab", "Enter")
        at(panel, "question:nama_usaha")
        assert outline(panel)[0] == "nama_usaha"
        keys(panel, "Control+z")
        assert held(panel) == before
        assert panel.evaluate("window.mouse") == 0
