"""The head of an office gives tasks away and takes them back, in a real browser; axe on each page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from runtime.cases.models import Task
from runtime.regions import scope
from runtime.regions.models import Role
from tests import factories
from tests.runtime.conftest import Village
from tests.visiting import follow, judge, log_in, speak

pytestmark = pytest.mark.browser


class TestAHead:
    @pytest.mark.parametrize(("width", "language"), [(360, "id"), (1366, "en")])
    def test_is_named_by_the_administrator_and_takes_tasks_back(
        self,
        desk: Village,
        site: Callable[..., str],
        open_page: Callable[..., Page],
        width: int,
        language: str,
    ) -> None:
        factories.staff("administrator", desk.region, "pengelola")
        desk.submit()
        Task.objects.update(claimed_by=desk.clerk)
        look = {"viewport": {"width": width, "height": 740}, "javascript": False}
        page = open_page(**look)
        speak(page, site(desk.region, ""), language)
        log_in(page, site(desk.region, "/desk/staff/roles/"), "pengelola")
        page.locator("input[name=heads][value=head]").check()
        follow(page, page.locator("form .actions button"))
        expect(page.locator("input[name=heads][value=head]")).to_be_checked()

        page = open_page(**look)
        speak(page, site(desk.region, ""), language)
        log_in(page, site(desk.region, "/desk/?tab=unit"), "lurah")
        follow(page, page.locator("a[href='/desk/tasks/']"))
        follow(page, page.locator(f"a[href='/desk/tasks/clerk/{desk.office.pk}/']"))
        page.locator("input[name=t]").check()
        page.locator("select[name=person]").select_option("nobody")
        page.locator("textarea[name=reason]").fill("Pembagian baru")
        follow(page, page.locator("form .actions button"))
        with scope.use(desk.region):
            assert Task.objects.get().claimed_by is None

    @pytest.mark.parametrize(("width", "language"), [(360, "id"), (1366, "en")])
    def test_sees_pages_with_which_axe_has_nothing_against(
        self,
        desk: Village,
        site: Callable[..., str],
        open_page: Callable[..., Page],
        width: int,
        language: str,
    ) -> None:
        factories.staff("administrator", desk.region, "pengelola")
        factories.member(desk.head, "chief", desk.office)
        Role.objects.filter(region=desk.region, key="chief").update(heads=True)
        desk.submit()
        Task.objects.update(claimed_by=desk.clerk)
        page = open_page(viewport={"width": width, "height": 740})
        speak(page, site(desk.region, ""), language)
        log_in(page, site(desk.region, "/desk/?tab=unit"), "lurah")
        for where in ("/desk/?tab=unit", "/desk/tasks/", f"/desk/tasks/clerk/{desk.office.pk}/"):
            page.goto(site(desk.region, where))
            judge(page)
        page = open_page(viewport={"width": width, "height": 740})
        speak(page, site(desk.region, ""), language)
        log_in(page, site(desk.region, "/desk/staff/roles/"), "pengelola")
        judge(page)
