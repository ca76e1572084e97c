"""The keys of the desk, in a real browser: down the list, into a case, to its buttons, and switched off."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from runtime.inbox.models import SavedView
from tests.runtime.conftest import Village
from tests.visiting import judge, log_in

pytestmark = pytest.mark.browser
PRESSED_TWICE = """button => {
  let sent = 0;
  addEventListener("submit", (event) => (sent += !event.defaultPrevented));
  button.click();
  button.click();
  return sent;
}"""


class TestKeys:
    def test_lead_through_the_work_until_they_are_switched_off(
        self, desk: Village, site: Callable[..., str], open_page: Callable[..., Page]
    ) -> None:
        first, second = (desk.submit().reference for _ in range(2))
        page = open_page(viewport={"width": 1366, "height": 768})
        log_in(page, site(desk.region, "/desk/"), "loket")
        page.get_by_role("button", name="Pintasan papan tik").wait_for()
        page.keyboard.press("j")
        expect(page.get_by_role("link", name=f"Buka {first}")).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("link", name=f"Buka {second}")).to_be_focused()
        page.keyboard.press("k")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/cases/{first}/")
        page.get_by_role("button", name="Pintasan papan tik").wait_for()
        page.keyboard.press("n")
        page.wait_for_url(f"**/cases/{second}/")
        page.get_by_role("button", name="Pintasan papan tik").wait_for()
        page.keyboard.press("1")
        page.wait_for_url(f"**/cases/{second}/forward/**")
        page.go_back()
        page.get_by_role("button", name="Pintasan papan tik").wait_for()
        page.keyboard.press("u")
        page.wait_for_url("**/desk/")
        page.get_by_role("button", name="Pintasan papan tik").wait_for()
        page.keyboard.press("/")
        page.keyboard.type("j?")
        expect(page.get_by_label("Nama, nomor, atau kata dari jawaban")).to_have_value("j?")
        page.get_by_label("Nama, nomor, atau kata dari jawaban").blur()
        page.keyboard.press("?")
        judge(page)
        page.get_by_label("Pakai pintasan ini di komputer ini").uncheck()
        page.get_by_role("button", name="Tutup").click()
        page.keyboard.press("j")
        expect(page.get_by_role("link", name=f"Buka {first}")).not_to_be_focused()


class TestADoubleClick:
    def test_removes_a_view_once_and_leads_to_no_missing_page(
        self, desk: Village, site: Callable[..., str], open_page: Callable[..., Page]
    ) -> None:
        SavedView.objects.create(region=desk.region, user=desk.clerk, name="Terbaru", query="?sort=new")
        page = open_page()
        log_in(page, site(desk.region, "/desk/saved/"), "loket")
        page.locator("body.js-enabled").wait_for()
        with page.expect_navigation():
            assert page.get_by_role("button", name="Hapus").evaluate(PRESSED_TWICE) == 1
        expect(page.locator("main")).to_contain_text("“Terbaru” dihapus")
        expect(page.locator("h1")).to_have_text("Tampilan tersimpan")
