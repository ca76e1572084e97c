"""`make screenshots`: the pictures of the README, taken from the demonstration's real pages."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import CHROMIUM, FLAGS
from tests.stack import ROOT, Stack

IMAGES = ROOT / "docs" / "images"
PHONE = {"width": 390, "height": 844}
SCREEN = {"width": 1280, "height": 844}
PASSWORD = "rakit-demo"


def main() -> int:
    """Start an installation of its own, visit three people's main screens, and write the pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="rakit-pictures-") as folder,
        Stack(Path(folder)) as stack,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        _citizen(browser, stack)
        _officer(browser, stack)
        _builder(browser, stack)
        browser.close()
    return 0


def _page(browser: Browser, viewport: dict[str, int]) -> Page:
    context = browser.new_context(viewport=viewport, locale="id-ID", device_scale_factor=1.5)
    return context.new_page()


def _take(page: Page, name: str) -> None:
    path = IMAGES / f"{name}.png"
    page.screenshot(path=path)
    print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1024} KB")


def _log_in(page: Page, stack: Stack, who: str, wanted: str) -> None:
    page.goto(stack.url("tangerang", f"/accounts/login/?next={wanted}"))
    page.fill("[name=login]", f"{who}.tangerang")
    page.fill("[name=password]", PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(f"**{wanted}")


def _citizen(browser: Browser, stack: Stack) -> None:
    page = _page(browser, PHONE)
    page.goto(stack.url("tangerang", "/services/surat-domisili/"))
    page.locator("form[action$='/start/'] button").first.click()
    page.fill("[name=nama]", "Siti Rahmawati")
    page.fill("[name=nik]", "3671014107030001")
    page.evaluate("window.scrollTo(0, 0)")
    _take(page, "citizen")


def _officer(browser: Browser, stack: Stack) -> None:
    page = _page(browser, SCREEN)
    _log_in(page, stack, "loket", "/desk/")
    page.reload()
    _take(page, "officer")


def _builder(browser: Browser, stack: Stack) -> None:
    page = _page(browser, SCREEN)
    _log_in(page, stack, "perancang", "/admin/services/")
    page.locator("main a[href*='/admin/services/edit/']").first.click()
    page.wait_for_load_state("networkidle")
    _take(page, "builder")


if __name__ == "__main__":
    sys.exit(main())
