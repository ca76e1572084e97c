"""What somebody does on pages in a browser: log in, choose a language, follow a link, judge what they see."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.test import Client
from playwright.sync_api import Locator, Page, expect

from runtime.regions.models import User
from tests import axe, factories


def log_in(page: Page, address: str, user: str) -> None:
    """Be logged in at an address, without the two pages that this takes people."""
    client = Client()
    client.force_login(
        User.objects.get(username=user), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    name, everywhere = settings.SESSION_COOKIE_NAME, urljoin(address, "/")  # not below the address alone
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": everywhere}])
    page.goto(address)


def log_in_by_hand(page: Page, address: str, user: str) -> None:
    """Log in on the way to an address, and be there."""
    page.goto(address)
    page.locator("input[name=login]").fill(user)
    page.locator("input[name=password]").fill(factories.PASSWORD)
    with page.expect_navigation():
        page.locator("input[name=password]").press("Enter")


def speak(page: Page, address: str, language: str) -> None:
    """Read the pages in that language."""
    everywhere = urljoin(address, "/")
    page.context.add_cookies([{"name": "django_language", "value": language, "url": everywhere}])


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
