"""Several cases at once in a real browser without JavaScript, on a phone and a screen; axe on each page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from runtime.cases.models import Case, CaseEvent
from runtime.regions import scope
from tests.runtime.bulk import many as many  # the fixture
from tests.runtime.bulk import waiting
from tests.runtime.conftest import Village
from tests.visiting import follow, judge, log_in

pytestmark = pytest.mark.browser


class TestSeveralCasesAtOnce:
    @pytest.mark.parametrize("width", [360, 1366])
    def test_are_ticked_looked_at_and_signed_without_javascript(
        self, many: Village, site: Callable[..., str], open_page: Callable[..., Page], width: int
    ) -> None:
        good, other = waiting(many, 2)
        (minor,) = waiting(many, 1, age=9)
        page = open_page(javascript=False, viewport={"width": width, "height": 740})
        log_in(page, site(many.region, "/desk/"), "lurah")
        follow(page, page.get_by_role("link", name="Pilih semua di halaman ini"))
        assert page.locator("input[name=t]:checked").count() == 3
        box = page.get_by_role("checkbox", name=other)
        assert (box.bounding_box() or {"height": 0})["height"] >= 20
        box.focus()
        page.keyboard.press("Space")
        expect(box).not_to_be_checked()
        follow(page, page.get_by_role("button", name="Kerjakan yang dicentang sekaligus"))
        page.get_by_label("Tanda tangani").check()
        follow(page, page.get_by_role("button", name="Lanjut"))
        expect(page.get_by_text("Tidak ikut: Syarat untuk langkah ini belum terpenuhi")).to_be_visible()
        with scope.use(many.region):
            assert not CaseEvent.objects.filter(action="sign").exists()
        follow(page, page.get_by_role("button", name="Tanda tangani: 1 permohonan"))
        expect(page.get_by_text("1 selesai")).to_be_visible()
        with scope.use(many.region):
            found = dict(Case.objects.values_list("reference", "status"))
        assert found == {good: "done", other: "sign", minor: "sign"}

    def test_have_pages_with_which_axe_has_nothing_against(
        self, many: Village, site: Callable[..., str], open_page: Callable[..., Page]
    ) -> None:
        waiting(many, 1)
        waiting(many, 1, age=9)
        page = open_page(viewport={"width": 360, "height": 740})
        log_in(page, site(many.region, "/desk/?all=1"), "lurah")
        page.get_by_role("button", name="Kerjakan yang dicentang sekaligus").wait_for()
        judge(page)
        for button in ("Kerjakan yang dicentang sekaligus", "Lanjut", "Tanda tangani: 1 permohonan"):
            follow(page, page.get_by_role("button", name=button))
            judge(page)
