"""`make screenshots`: the pictures of the README, and of the editor, from the demonstration's real pages."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser import CHROMIUM, FLAGS
from tests.stack import ROOT, Stack

IMAGES = ROOT / "docs" / "images"
PHONE = {"width": 390, "height": 844}
SCREEN = {"width": 1280, "height": 844}
PASSWORD = "rakit-demo"
DESKS = ({"width": 1366, "height": 768}, {"width": 1024, "height": 768})  # the editor is looked at in both
COLOURS = 128


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
        _editor(browser, stack)
        browser.close()
    return 0


def _page(browser: Browser, viewport: dict[str, int], scale: float = 1.5) -> Page:
    context = browser.new_context(viewport=viewport, locale="id-ID", device_scale_factor=scale)
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


def _both(page: Page, name: str, desks: Sequence[dict[str, int]] = DESKS) -> None:
    """Take a picture of the editor at each width, small enough to be kept."""
    for desk in desks:
        page.set_viewport_size(desk)
        page.evaluate("document.fonts.ready")
        _take(page, f"editor/{name}-{desk['width']}")
        path = IMAGES / f"editor/{name}-{desk['width']}.png"
        with Image.open(path) as picture:
            picture.convert("RGB").quantize(COLOURS).save(path, optimize=True)


def _editor(browser: Browser, stack: Stack) -> None:
    """Visit the start, every tab, what leads away from them, and a test run up to the officer."""
    (IMAGES / "editor").mkdir(exist_ok=True)
    page = _page(browser, DESKS[0], 1)
    _log_in(page, stack, "perancang", "/admin/services/")
    page.get_by_role("link", name="Surat Keterangan Domisili", exact=True).click()
    page.locator(".b-question").first.wait_for()
    service = re.search(r"/edit/(\d+)/", page.url)
    assert service
    page.get_by_label("Petunjuk", exact=True).first.fill("Seperti pada KTP.")
    page.locator("#b-tab-publish").click()
    page.locator(".b-change").first.wait_for()
    for name in page.get_by_role("tab").evaluate_all("tabs => tabs.map((tab) => tab.dataset.tab)"):
        page.locator(f"#b-tab-{name}").click()
        _both(page, name)
    page.locator("#b-tab-texts").click()
    page.locator("[data-f^='letter:']").first.click()
    page.locator(".b-sheet img").first.wait_for()
    _both(page, "letter")
    page.get_by_role("button", name="Simpan draf").click()
    page.wait_for_load_state("networkidle")
    pk = service[1]
    for name, path in (
        ("start", "services/add/"),
        ("translation", f"builder/translation/{pk}/"),
        ("sharing", f"builder/sharing/{pk}/"),
        ("compare", f"services/history/{pk}/revisions/compare/earliest...latest/"),
    ):
        page.goto(stack.url("tangerang", f"/admin/{path}"))
        page.wait_for_load_state("networkidle")
        _both(page, name, DESKS[:1])
    _try_out(page, stack.url("tangerang", f"/admin/builder/tryout/{pk}/"))


def _try_out(page: Page, address: str) -> None:
    """Fill the form in on the phone, send it, and be the officer who gets it."""
    page.goto(address)
    phone = page.frame_locator(".b-phone__screen")
    expect(phone.get_by_role("button", name="Lanjut")).to_be_visible()
    _both(page, "tryout-citizen", DESKS[:1])
    page.get_by_role("button", name="Isi dengan contoh").click()
    phone.get_by_role("checkbox").check()
    with page.expect_navigation():
        phone.get_by_role("button", name="Kirim permohonan").click()
    expect(phone.get_by_role("link").first).to_be_visible()
    _both(page, "tryout-officer", DESKS[:1])


if __name__ == "__main__":
    sys.exit(main())
