"""Every page that somebody may open, opened: nothing against it, nothing hangs out or lacks room."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests import axe
from tests.cms.access.rows import ROWS
from tests.cms.access.world import World, build

# Whoever of these is let in first opens the page; the editor's pages are opened by the tests of the editor.
READERS = ("citizen", "counter", "head", "administrator")
ELSEWHERE = ("admin/", "api/", "django-admin/", "accounts/")
WIDTHS = (360, 1366)
# Targets are measured in the journeys: here some lie half under the menu by chance.
RULES = {**axe.WCAG, "rules": {"target-size": {"enabled": False}}}


@pytest.fixture
def world(transactional_db: None) -> World:
    return build()


def pages(world: World) -> Iterator[tuple[str, str]]:
    """Return who opens which path: each page of the matrix that is for people."""
    for pattern, row in ROWS.items():
        reader = next((one for one in READERS if row.get[one] == 200), None)
        if reader is None or pattern.startswith(ELSEWHERE):
            continue
        path = world.path(pattern)
        answer = world.client(reader, world.here).get(path)
        if answer["Content-Type"].startswith("text/html"):
            yield reader, path


def at(browser: Browser, world: World, reader: str, address: str, locale: str) -> BrowserContext:
    """Sit a reader down at a browser, logged in."""
    context = browser.new_context(locale=locale, viewport={"width": WIDTHS[0], "height": 740})
    session = world.client(reader, world.here).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    return context


def wrong(page: Page, address: str) -> Iterator[str]:
    """Open a page at each width, and say what is wrong with it."""
    page.set_viewport_size({"width": WIDTHS[0], "height": 740})
    page.goto(address)
    if page.locator("html").get_attribute("lang") == "id":
        page.wait_for_load_state("networkidle")
        page.evaluate("scrollTo({top: document.documentElement.scrollHeight, behavior: 'instant'})")
        found = axe.run(page, options=RULES)
        if found.violations_count:
            yield found.generate_report()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        beyond = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if beyond > 0:
            yield f"{beyond} px hang out at {width} px"
        if words := axe.squeezed(page):
            yield f"no room at {width} px for {words}"


@pytest.mark.browser
class TestEveryPage:
    @pytest.mark.parametrize("locale", ["id-ID", "en-GB"])
    def test_can_be_read_by_everybody(
        self, world: World, site: Callable[..., str], browser: Browser, locale: str
    ) -> None:
        opened, against = list(pages(world)), []
        contexts = {reader: at(browser, world, reader, site(world.here), locale) for reader, _ in opened}
        sheets = {reader: context.new_page() for reader, context in contexts.items()}
        for reader, path in opened:
            against += [f"{path} as {reader}: {one}" for one in wrong(sheets[reader], site(world.here, path))]
        for context in contexts.values():
            context.close()
        assert against == []
        assert len(opened) > 40
