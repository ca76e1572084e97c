"""Everything in the editor by keyboard alone, and nothing that axe finds on any tab or in any window."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override
from playwright.sync_api import Page

from builder import services
from builder.models import Module
from builder.panel import editor, palette, words
from runtime.regions import scope
from runtime.regions.models import Region, User
from tests import axe
from tests.builder.conftest import DESK, text
from tests.builder.reach.document import BODY, LETTER, everything
from tests.visiting import log_in, speak

pytestmark = pytest.mark.browser

SCRIPT = (Path(__file__).parent / "page.js").read_text(encoding="utf-8")
ASSETS = Path(editor.__file__).parent / "assets"
FEW = {"width": 1024, "height": 768}
# What is dragged; by keyboard Enter adds a kind, and arrows move what is open.
DRAGGED = {"add", "question", "part"}
INSPECTOR = ".b-inspector"
SEVERAL = {"tab": "questions", "picked": ["text", "longtext"]}
PAGE = {"tab": "questions", "kind": "page", "key": "akhir"}

View = dict[str, Any]


def views() -> Iterator[tuple[View, str | None]]:
    """Yield every tab and everything that can be selected, and the part of the page that differs."""
    yield SEVERAL, ".b-list"
    for name, _title in editor.TABS:
        yield {"tab": name}, None
    yield PAGE, INSPECTOR
    for part in ("", "head", "foot", *map(str, range(len(BODY)))):
        yield {"tab": "texts", "kind": "letter", "key": LETTER, "part": part}, ".b-letter"
    for name in palette.TYPES:
        yield {"tab": "questions", "kind": "field", "key": "#" * (name == "group") + name}, INSPECTOR


def windows() -> set[str]:
    """Return the titles of all windows of the panel, as its scripts name them: none is opened elsewhere."""
    codes = {path.name: path.read_text(encoding="utf-8") for path in ASSETS.glob("*.js")}
    assert [name for name, code in codes.items() if "showModal" in code] == ["dialogs.js"]
    opened = "".join(code for name, code in codes.items() if name != "dialogs.js")
    titles = re.findall(r'openDialog\(panel, \{\s*title: t\("(\w+)"', opened)
    assert len(titles) == opened.count("openDialog(panel")
    return set(titles)


@pytest.fixture
def module(tangerang: Region, clerk: User) -> Module:
    """The draft of the service in which everything can be seen."""
    with scope.use(tangerang):
        made = services.create_module(region=tangerang, title="Segala", user=clerk)
        services.save_document(module=made, document=text({**everything(), "key": made.key}), user=clerk)
    return made


@dataclass
class Reach:
    """Somebody with a keyboard and no mouse in the editor."""

    page: Page
    against: list[str] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    opened: set[str] = field(default_factory=set)

    def look(self, view: View, within: str | None) -> set[str]:
        """Show a view; judge it if it has something that was not seen before, and return that."""
        new = (
            set(self.page.evaluate("([view, within]) => reach.look(view, within)", [view, within]))
            - self.known
        )
        if within == INSPECTOR:
            self.page.evaluate("reach.keep()")
        if new:
            self.known |= new
            self._search(f"{view}", within)
            if within != INSPECTOR:
                self._judge(f"{view}", within or ".b-panel")
        return new

    def judge_kept(self) -> None:
        """Judge what could be selected, all of it at once."""
        self.page.evaluate("reach.kept(true)")
        self._judge("everything that can be selected", "#reach")
        self.page.evaluate("reach.kept(false)")

    def _judge(self, what: str, part: str) -> None:
        found = axe.run(self.page, context=part, options=axe.BUILDER)
        if found.violations_count:
            self.against.append(f"{what}: {found.generate_report()}")

    def _search(self, what: str, within: str | None) -> None:
        wrong = self.page.evaluate("within => reach.wrong(within)", within)
        dragged = set(wrong.pop("dragged"))
        self.against += [f"{what}: {name}: {those}" for name, those in wrong.items() if those]
        self.against += [f"{what}: nothing but a mouse moves {one}" for one in dragged - DRAGGED]

    def use(self, view: View, shape: str, within: str | None) -> None:
        """Use one thing by its key: the keyboard is somewhere afterwards, also when a window is left."""
        here = self._press(shape, within, view)
        if not here.get("window"):
            return
        title = here["title"]
        new = title not in self.opened
        self.opened.add(title)
        if new:
            self._walk_window(title)
        self._leave(title)
        if not new:
            return
        for inner in sorted(set(self._in_window(view, shape, within)) - self.known):
            self.known.add(inner)
            self._in_window(view, shape, within)
            self._press(inner, None)

    def _press(self, shape: str, within: str | None, view: View | None = None) -> dict[str, Any]:
        key = self.page.evaluate("(what) => reach.take(...what)", [shape, within, view])
        if not key:
            return {}
        self.page.keyboard.press(key)
        here: dict[str, Any] = self.page.evaluate("reach.now()")
        if here["lost"]:
            self.against.append(f"{shape}: {key} leaves the keyboard {here['lost']}")
        return here

    def _walk_window(self, title: str) -> None:
        self.page.wait_for_function("!document.querySelector('dialog[open] [role=status].b-hint')")
        self._search(f"window {title!r}", None)
        self._judge(f"window {title!r}", "dialog[open]")
        self.walk(f"window {title!r}")

    def walk(self, what: str, within: str | None = None) -> None:
        """Walk through what is shown with the Tab key, as people do."""
        self.page.evaluate("within => reach.walk(within)", within)
        while self.page.evaluate("reach.step()"):
            self.page.keyboard.press("Tab")
        if missed := self.page.evaluate("reach.missed()"):
            self.against.append(f"{what}: Tab never comes to {missed}")

    def _leave(self, title: str) -> None:
        self.page.keyboard.press("Escape")
        here = self.page.evaluate("reach.now()")
        if here["window"] or here["lost"] or here["at"] != here["taken"]:
            self.against.append(f"window {title!r}: Escape leads to {here}")

    def _in_window(self, view: View, shape: str, within: str | None) -> list[str]:
        self._press(shape, within, view)
        shapes: list[str] = self.page.evaluate("() => reach.shapes()")
        return shapes

    def read(self, what: str) -> None:
        """No word of any tab is cut off or squeezed."""
        for name, _title in editor.TABS:
            self.page.evaluate("tab => reach.show({tab})", name)
            for words_ in (axe.squeezed(self.page), self.page.evaluate("reach.cut()")):
                self.against += [f"{what}, {name}: no room for {words_}"] * bool(words_)


def opened(page: Page) -> Reach:
    """Wait until the server has told what is wrong with the service, and begin."""
    page.locator(".b-chip--bad").first.wait_for()
    page.evaluate("reach.begin()")
    return Reach(page)


class TestEditor:
    def test_is_reached_and_used_by_keyboard_alone(
        self, site, open_page, module: Module, tangerang: Region, clerk: User
    ) -> None:
        page = open_page(viewport=DESK)
        page.add_init_script(SCRIPT)
        address = site(tangerang, f"/admin/services/edit/{module.pk}/")
        log_in(page, address, clerk.username)
        reach = opened(page)
        for view, within in views():
            for shape in sorted(reach.look(view, within)):
                reach.use(view, shape, within)
        reach.judge_kept()
        page.evaluate("reach.show({tab: 'questions'})")
        reach.walk("Questions")
        page.set_viewport_size(FEW)
        adding = {"tab": "questions", "adding": True}
        for shape in ("button add:*", "button bank"):
            reach.use(adding, shape, ".b-palette")
        reach.read("Indonesian")
        speak(page, address, "en")
        page.goto(address)
        english = opened(page)
        english.read("English")
        against = reach.against + english.against
        assert not against, "\n".join(against)
        with override("id"):
            said = words.said()
        titles = {name: said[name].partition("{")[0] for name in windows()}
        assert {n for n, t in titles.items() if not any(o.startswith(t) for o in reach.opened)} == set()
        assert len(reach.known) > 150
