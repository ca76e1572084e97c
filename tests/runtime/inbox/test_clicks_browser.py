"""A simple case on a phone: what is overdue is seen at once, and deciding it takes no more than four taps."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from runtime.cases.models import Case
from runtime.regions import scope
from tests.runtime.conftest import Village
from tests.visiting import follow, judge, log_in

pytestmark = pytest.mark.browser
HEIGHT = 740


def seen(page: Page, found: Locator) -> bool:
    """Tell whether the whole of it stands above the menu at the bottom of the screen."""
    box, menu = found.bounding_box(), page.locator(".botnav").bounding_box()
    return bool(box and menu and box["y"] + box["height"] <= menu["y"] <= HEIGHT)


class TestSimpleCase:
    """U§8 A1 and A4."""

    def test_A1_A4_is_seen_to_be_overdue_and_decided_in_four_taps(
        self, desk: Village, site: Callable[..., str], open_page: Callable[..., Page]
    ) -> None:
        reference = desk.submit().reference  # days ago
        desk.forward(reference)
        page = open_page(viewport={"width": 360, "height": HEIGHT})
        log_in(page, site(desk.region, "/desk/"), "lurah")
        assert seen(page, page.locator(".table").get_by_text("Lewat").first)
        judge(page)
        taps = 0
        for found in (
            page.get_by_role("link", name=f"Buka {reference}"),
            page.get_by_role("link", name="Tanda tangani"),
            page.get_by_role("button", name="Tanda tangani"),
        ):
            follow(page, found)
            taps += 1
        expect(page.get_by_text(reference)).to_be_visible()
        with scope.use(desk.region):
            assert Case.objects.get(reference=reference).status == "done"
        print(f"A1 a simple case: {taps} taps; A4: overdue is seen at 360 × {HEIGHT} without scrolling")
        assert taps <= 4
