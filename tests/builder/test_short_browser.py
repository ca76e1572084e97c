"""A clerk writes the short words that go to a telephone, in each language, and takes them away again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests import axe
from tests.builder.test_boxes_browser import held

pytestmark = pytest.mark.browser


class TestShortText:
    def test_is_kept_in_its_language_and_gone_when_emptied(self, panel: Page) -> None:
        panel.locator("#b-tab-texts").click()
        (message,) = (one for one in held(panel)["messages"] if one["key"] == "received")
        assert "short" not in message
        words = panel.locator("[data-f='message:received:short:id']")
        words.fill("Permohonan diterima.")
        expect(words).to_have_attribute("lang", "id")
        found = axe.run(panel, options=axe.WCAG)
        assert found.violations_count == 0, found.generate_report()
        assert kept(panel) == {"id": "Permohonan diterima."}
        words.fill("")
        assert kept(panel) is None


def kept(panel: Page) -> object:
    """Return the short words of the first notice as the document has them."""
    panel.wait_for_timeout(200)
    return next(one for one in held(panel)["messages"] if one["key"] == "received").get("short")
