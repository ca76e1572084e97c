"""One page of questions in a real browser: opened, sent, judged by axe, and what was stored of it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page, ViewportSize, expect

from runtime.regions import scope
from runtime.regions.models import Region
from runtime.wizard.models import Draft
from tests import axe, factories
from tests.runtime.forms import tongues
from tests.schemas.corpus import small_module

PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1366, "height": 768}


@dataclass
class Asked:
    """A citizen on the one page of a service."""

    page: Page
    javascript: bool
    name: str = ""
    complaints: list[str] = field(default_factory=list)
    seen: int = 0

    def go_on(self) -> None:
        """Press the page's own button, and wait for the answer."""
        with self.page.expect_navigation():
            self.page.locator(".actions button:not([name])").click()

    def is_refused(self, words: str) -> None:
        """Fail unless the page came back with these words in its list of what to put right."""
        expect(self.page.get_by_role("alert")).to_contain_text(words)

    def is_reviewed(self, words: str) -> None:
        """Fail unless the answers were taken and the check of all answers shows these words."""
        expect(self.page.locator("main .summary-list").first).to_contain_text(words)

    def judge(self, viewports: tuple[ViewportSize, ...] = (PHONE, DESK)) -> None:
        """Fail on any violation of WCAG 2.2 AA, a sideways scroll, a complaint of the console.

        Twice: on a phone and at a desk. A bar that stays at the lower edge covers nothing at the end. The
        judge is a script: a page that runs none is judged as a copy, its own scripts taken out.
        """
        if self.javascript:
            self._judge(self.page, viewports)
        else:
            with self._copy() as copy:
                self._judge(copy, viewports)
        assert not self.complaints, self.complaints

    def _judge(self, page: Page, viewports: tuple[ViewportSize, ...]) -> None:
        for viewport in viewports:
            page.set_viewport_size(viewport)
            root = "document.documentElement"
            wide = page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
            assert wide <= 0, f"the page scrolls sideways by {wide} px at {viewport}"
            page.evaluate(f"window.scrollTo(0, {root}.scrollHeight)")
            page.mouse.move(0, 0)
            rules = axe.WCAG if viewport is viewports[0] else axe.BUT_COLOURS
            found = axe.run(page, options=rules)
            self.look(str(viewport["width"]), page)
            assert found.violations_count == 0, f"{viewport}: {found.generate_report()}"

    @contextmanager
    def _copy(self) -> Iterator[Page]:
        """Open the page as it stands in a window that runs scripts, without any of its own."""
        html = re.sub(r"<script\b.*?</script>", "", self.page.content(), flags=re.DOTALL)
        browser = self.page.context.browser
        assert browser is not None
        context = browser.new_context(locale="id-ID")
        try:
            page = context.new_page()
            page.route(self.page.url, lambda route: route.fulfill(body=html, content_type="text/html"))
            page.goto(self.page.url)
            yield page
        finally:
            context.close()

    def speaks(self, language: str) -> None:
        """Fail if the site itself says anything on the page in its other language."""
        wrong = tongues.foreign(self.page.evaluate(tongues.WORDS), language)
        assert not wrong, wrong

    def look(self, name: str, page: Page | None = None) -> None:
        """Keep a picture of the page where somebody wants to look at it (RAKIT_LOOK names the folder)."""
        if folder := os.environ.get("RAKIT_LOOK"):
            self.seen += 1
            (page or self.page).screenshot(
                path=f"{folder}/{self.name}-{self.seen:02}-{name}.png", full_page=True
            )

    def answers(self) -> dict[str, Any]:
        """Return what was stored."""
        with scope.everywhere("a test looks at what was stored"):
            stored: dict[str, Any] = Draft.objects.latest("pk").answers
        return stored


def document(fields: list[dict[str, Any]], **parts: Any) -> str:
    """Return a service in two languages that asks `fields` on its one page, with further parts."""
    made = small_module(fields) | parts
    made["languages"] = ["id", "en"]
    return json.dumps(made)


def begin(
    region: Region,
    site: Callable[..., str],
    open_page: Callable[..., Page],
    fields: list[dict[str, Any]],
    *,
    javascript: bool = True,
    language: str = "id",
    parts: dict[str, Any] | None = None,
    **more: Any,
) -> Asked:
    """Publish the service, start an application, and come to its page in the language."""
    factories.installed(region, document(fields, **(parts or {})))
    page = open_page(javascript=javascript, **more)
    asked = Asked(page, javascript, name=f"{fields[0]['type']}-{language}")
    page.on("console", lambda said: asked.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: asked.complaints.append(str(error)))
    page.goto(site(region, "/services/kecil/"))
    if language == "en":
        page.get_by_role("button", name="English").click()
    page.get_by_role("button", name=re.compile("^(Mulai|Start)")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Isi")
    page.wait_for_load_state("networkidle")  # the parts of the script are there
    return asked
