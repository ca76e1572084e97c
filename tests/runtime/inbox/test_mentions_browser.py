"""A colleague is picked with @ in a real browser, ticked where there is no JavaScript; axe on each page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from runtime.cases.models import Mention
from runtime.regions import scope
from tests import factories
from tests.runtime.conftest import Village
from tests.runtime.inbox.test_heads_browser import speak
from tests.visiting import follow, judge, log_in

pytestmark = pytest.mark.browser


class TestAMention:
    @pytest.mark.parametrize(
        ("width", "language", "javascript"), [(360, "id", True), (1366, "en", True), (360, "id", False)]
    )
    def test_is_made_in_a_comment_and_stands_on_the_colleagues_desk(
        self,
        desk: Village,
        site: Callable[..., str],
        open_page: Callable[..., Page],
        width: int,
        language: str,
        javascript: bool,
    ) -> None:
        colleague = factories.staff("clerk", desk.office, "rekan")
        reference = desk.submit().reference
        look = {"viewport": {"width": width, "height": 740}, "javascript": javascript}
        page = open_page(**look)
        speak(page, site(desk.region, ""), language)
        log_in(page, site(desk.region, f"/desk/cases/{reference}/comments/write/"), "loket")
        words, mark = page.locator("textarea[name=text]"), page.get_by_role("checkbox", name="Rekan")
        if javascript:
            words.press_sequentially("Lihat @re")
            judge(page)
            words.press("ArrowDown")
            page.keyboard.press("Enter")
            expect(words).to_have_value("Lihat @Rekan ")
            expect(mark).to_be_checked()
        else:
            words.fill("Lihat ini")
            mark.check()
        follow(page, page.locator("form .actions button"))
        with scope.use(desk.region):
            assert [one.user for one in Mention.objects.all()] == [colleague]

        page = open_page(**look)
        speak(page, site(desk.region, ""), language)
        log_in(page, site(desk.region, "/desk/"), "rekan")
        if javascript:
            judge(page)
        follow(page, page.locator("section.card--turn a", has_text=reference))
        page.goto(site(desk.region, "/desk/"))
        expect(page.locator("section.card--turn")).to_have_count(0)
