"""What somebody does on pages in a browser: log in, choose a language, follow a link, judge what they see."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests import axe, factories


def log_in(page: Page, address: str, user: str) -> None:
    """Log in on the way to an address, and be there."""
    page.goto(address)
    page.locator("input[name=login]").fill(user)
    page.locator("input[name=password]").fill(factories.PASSWORD)
    with page.expect_navigation():
        page.locator("input[name=password]").press("Enter")


def speak(page: Page, address: str, language: str) -> None:
    """Read the pages in that language."""
    page.context.add_cookies([{"name": "django_language", "value": language, "url": address}])


def log_in_reading(page: Page, address: str, user: str, language: str, heading: str) -> None:
    """Log in on the way to an address, to be read in that language, as its heading shows."""
    speak(page, address, language)
    log_in(page, address, user)
    expect(page.locator("h1")).to_have_text(heading)


def follow(page: Page, what: Locator) -> None:
    """Click, and be on the page behind it."""
    with page.expect_navigation():
        what.click()


def judge(page: Page) -> None:
    """Axe has nothing against the page, and nothing hangs out of it."""
    # To the end: what lies half under the menu at the bottom by chance is reached by scrolling.
    page.evaluate("scrollTo({top: document.documentElement.scrollHeight, behavior: 'instant'})")
    found = axe.run(page, options=axe.WCAG)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
