"""An officer puts an answer right on a phone, and its applicant reads what was changed; axe on each page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from runtime.cases import chain, selectors
from tests.runtime import permit
from tests.runtime.conftest import Village
from tests.visiting import follow, judge, log_in, log_in_by_hand, speak

pytestmark = pytest.mark.browser

WORDS = {
    "id": (
        "Betulkan jawaban",
        "Simpan jawaban",
        "Tuliskan mengapa diubah",
        "Kantor membetulkan satu jawaban",
    ),
    "en": ("Edit answers", "Save the answers", "Write why you change it", "has put one answer right"),
}

UNSENT = {
    "id": ("Masuk di tab baru", "Kirim tulisan saya"),
    "en": ("Log in in a new tab", "Send what I wrote"),
}


def open_status(page: Page, address: str, reference: str, secret: str) -> None:
    """Find the case as somebody without an account does."""
    page.goto(address)
    page.locator("[name=reference]").fill(reference)
    page.locator("[name=proof]").fill(secret)
    with page.expect_navigation():
        page.locator("main form button.btn").first.click()


def log_in_meanwhile(page: Page, save: Locator, locale: str) -> None:
    """The login has ended while the officer wrote: log in in a new tab, come back, send what is kept."""
    page.context.clear_cookies(name="sessionid")
    follow(page, save)
    expect(page.locator(".quote")).to_have_text("Salah ketik, menurut telepon")
    judge(page)
    login, send = UNSENT[locale]
    with page.context.expect_page() as opened:
        page.get_by_role("link", name=login).click()
    tab = opened.value
    log_in_by_hand(tab, tab.url, "loket")
    judge(tab)
    tab.close()
    follow(page, page.get_by_role("button", name=send))


class TestAnOfficerPutsAnAnswerRight:
    @pytest.mark.parametrize(("locale", "javascript"), [("id", False), ("id", True), ("en", True)])
    def test_and_the_applicant_reads_what_was_changed(
        self,
        desk: Village,
        site: Callable[..., str],
        open_page: Callable[..., Page],
        locale: str,
        javascript: bool,
    ) -> None:
        button, save, why, told = WORDS[locale]
        given = permit.answers(village=desk.office.key, name="Siti Kanari")
        receipt = desk.submit(answers=given)
        page = open_page(javascript=javascript)
        speak(page, site(desk.region), locale)
        log_in(page, site(desk.region, f"/desk/cases/{receipt.reference}/"), "loket")
        follow(page, page.get_by_role("link", name=button))
        if javascript:
            judge(page)
        page.locator("[name=page-name]").fill("Siti Kenari")
        page.get_by_role("button", name=save).click()
        expect(page.get_by_role("alert")).to_contain_text(why)
        expect(page.locator("[name=page-name]")).to_have_value("Siti Kenari")
        if javascript:
            judge(page)
        page.locator("[name=comment]").fill("Salah ketik, menurut telepon")
        if javascript:
            log_in_meanwhile(page, page.get_by_role("button", name=save), locale)
        else:
            follow(page, page.get_by_role("button", name=save))
        expect(page.locator(".changed")).to_have_text("Siti Kenari")
        expect(page.locator("main")).to_contain_text("Salah ketik, menurut telepon")
        if javascript:
            judge(page)
        assert receipt.access_code is not None
        mine = open_page(javascript=javascript)
        speak(mine, site(desk.region), locale)
        open_status(mine, site(desk.region, "/track/"), receipt.reference, receipt.access_code)
        card = mine.locator("section", has=mine.get_by_role("heading", name=told))
        expect(card.locator("del")).to_have_text("Siti Kanari")
        expect(card.locator("ins")).to_have_text("Siti Kenari")
        expect(card).to_contain_text("Salah ketik, menurut telepon")
        expect(card).not_to_contain_text(desk.clerk.get_full_name())
        if javascript:
            judge(mine)
        case = selectors.case_by_reference(desk.region, receipt.reference)
        assert case is not None
        assert chain.verify(case) == []
