"""What scripts write on the screens of the staff is Indonesian too: the editor, panels, menus, dialogs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from builder.models import Module
from runtime.regions import scope
from tests.cms.access.world import World, build
from tests.cms.words import reading, walking
from tests.cms.words.english import Judge
from tests.cms.words.walking import Furniture

DESK = {"width": 1366, "height": 768}
# Whatever opens something on the spot: panels beside the form, menus, dialogs.
OPENERS = (
    "[data-side-panel-toggle]:visible",
    "[data-w-dropdown-target='toggle']:visible",
    "[data-a11y-dialog-show]:visible",
    ".sidebar-menu-item > button:visible",
    "[role=tab]:visible",
)
# What a text takes from the application; its editor names that in Indonesian.
CHIP = re.compile(r"\{[^}]*\}")


@pytest.fixture
def rooms(transactional_db: None) -> tuple[World, Furniture]:
    world = build()
    return world, walking.furnish(world)


def screens(world: World, made: Furniture) -> Iterator[str]:
    """Yield the addresses where scripts write much."""
    yield "/admin/"
    yield "/admin/services/"
    yield f"/admin/services/edit/{world.module}/"
    yield f"/admin/services/history/{world.module}/"
    yield f"/admin/pages/{made.page.pk}/edit/"
    yield f"/admin/pages/{made.page.pk}/history/"
    yield "/admin/users/"
    yield "/admin/account/"
    yield "/admin/reports/site-history/"
    yield "/admin/workflows/add/"


def in_english(value: Any) -> Iterator[str]:
    """Yield what a service says in English: its editor shows that beside the Indonesian."""
    if isinstance(value, dict):
        for name, inner in value.items():
            english = [CHIP.sub("{}", " ".join(str(inner).split()))]
            yield from english if name == "en" else in_english(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from in_english(inner)


def opened(page: Page) -> Iterator[str]:
    """Open what can be opened on a page, one after the other, and yield what stands there each time."""
    yield page.content()
    for opener in OPENERS:
        for n in range(min(page.locator(opener).count(), 5)):
            one = page.locator(opener).nth(n)
            if one.is_visible():
                one.dispatch_event("click")
                yield page.content()
                page.keyboard.press("Escape")


@pytest.mark.browser
class TestScripts:
    def test_write_nothing_in_english(
        self, rooms: tuple[World, Furniture], site: Callable[..., str], browser: Browser
    ) -> None:
        world, made = rooms
        context = browser.new_context(locale="id-ID", viewport=DESK)
        session = world.client("root", world.here).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": site(world.here)}])
        page, read = context.new_page(), dict[str, str]()
        for path in screens(world, made):
            page.goto(site(world.here, path))
            expect(page.locator(".sidebar-main-menu")).to_be_visible()
            for content in opened(page):
                for text in reading.of_html(content):
                    read.setdefault(text, path)
        context.close()
        with scope.use(world.here):
            theirs = set(in_english(json.loads(Module.objects.get(pk=world.module).document)))
        english = {text for text in Judge().english(set(read)) if CHIP.sub("{}", text) not in theirs}
        assert {text: read[text] for text in english} == {}
        assert "Menu utama" in read  # what a script alone writes
