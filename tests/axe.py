"""The judge of what everybody can read and use: axe, asked in one way.

What a page looks like depends on no database: what a first run judged is not judged again (`tests.again`).
"""

from __future__ import annotations

import json
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

from tests.again import SEEN

BUILDER = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag22aa"]}}
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}
# For a page judged a moment ago at another width: colours are the same there, and take most of the time.
BUT_COLOURS = {**WCAG, "rules": {"color-contrast": {"enabled": False}}}
# The judge is half a megabyte: a page that stays has it already. The editor's own axe is another.
_HERE = "typeof axe === 'object' && axe.isOurs === true"
_JUDGE = f"{AXE_SCRIPT};axe.isOurs = true"
# Words that have no room: each line of them holds a few letters, as beside something that would not give way.
_SQUEEZED = """() => [...document.querySelectorAll("main *")].filter((one) => {
  const texts = [...one.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
  const words = texts.map((node) => node.data.trim()).join(" ");
  if (words.length < 12 || !one.checkVisibility({visibilityProperty: true})) return false;
  const range = document.createRange(); range.selectNodeContents(one);
  const box = range.getBoundingClientRect(), size = parseFloat(getComputedStyle(one).fontSize);
  return box.width > 1 && box.width < size * 4 && box.height > size * 5;
}).map((one) => one.textContent.trim())"""


# Colours on the way to another are nobody's: a message that fades in, a button that was left.
_SETTLE = """() => Promise.race([
  new Promise((done) => setTimeout(done, 2000)),
  Promise.allSettled(document.getAnimations().map((one) => one.finished)),
])"""


def squeezed(page: Page) -> list[str]:
    """Return the texts of the page that stand in a column of a few letters."""
    found: list[str] = page.evaluate(_SQUEEZED)
    return found


def run(page: Page, context: str | None = None, options: dict[str, Any] | None = None) -> AxeResults:
    """Return what axe has against the page, or against the part of it that `context` selects.

    A page on which words are squeezed into a column of a few letters fails here.
    """
    if SEEN:
        return AxeResults({"violations": []})
    page.evaluate(_SETTLE)
    words = squeezed(page)
    assert not words, f"{page.url}: these words have no room: {words}"
    # What passes is neither described nor sent, which takes most of the time.
    if not page.evaluate(_HERE):
        page.evaluate(_JUDGE)
    wanted = {**(options or {}), "resultTypes": ["violations"]}
    part = f"{json.dumps(context)}, " if context else ""
    return AxeResults(page.evaluate(f"axe.run({part}{json.dumps(wanted)})"))
