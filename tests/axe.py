"""The judge of what everybody can read and use: axe, asked in one way.

What a page looks like depends on no database: a run that repeats another on a second one says so by
RAKIT_TEST_SEEN=yes, and its pages, judged in the first, are not judged again.
"""

from __future__ import annotations

import os
from typing import Any

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SEEN = os.environ.get("RAKIT_TEST_SEEN", "") == "yes"
BUILDER = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag22aa"]}}
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}
_axe = Axe()


def run(page: Page, context: str | None = None, options: dict[str, Any] | None = None) -> AxeResults:
    """Return what axe has against the page, or against the part of it that `context` selects."""
    if SEEN:
        return AxeResults({"violations": []})
    # What passes is neither described nor sent, which takes most of the time.
    return _axe.run(page, context=context, options={**(options or {}), "resultTypes": ["violations"]})
