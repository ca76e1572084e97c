"""A review in a real browser: handed in by one person, approved by another, with the schedule in words."""

from __future__ import annotations

import os

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from builder.models import Module, PublishingRules, Release
from runtime.regions import scope
from runtime.regions.models import User
from tests import axe, factories, visiting
from tests.builder.conftest import DESK
from tests.builder.test_views import url

pytestmark = pytest.mark.browser


def shot(page: Page, name: str) -> None:
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def judged(page: Page, part: str | None = None) -> None:
    found = axe.run(page, part, options=axe.WCAG)
    assert found.violations_count == 0, found.generate_report()


def test_leads_from_the_builder_to_the_publisher(site, open_page, module: Module, clerk: User):
    publisher = factories.staff("publisher", module.region, "penerbit")
    with scope.use(module.region):
        PublishingRules.objects.create(
            region=module.region, review=True, two_people=True, changed_at=timezone.now()
        )
    address = f"{url('edit', module.pk)}#b-publish"

    mine: Page = open_page(viewport=DESK)
    visiting.log_in(mine, site(module.region, url("edit", module.pk)), clerk.username)
    mine.get_by_role("tab", name="Terbitkan").click()
    mine.get_by_label("Apa yang berubah?").fill("Layanan baru, mohon ditinjau.")
    shot(mine, "review-builder")
    visiting.follow(mine, mine.get_by_role("button", name="Ajukan untuk ditinjau"))
    expect(mine.locator("#b-pane-publish")).to_contain_text("Menunggu ditinjau")
    judged(mine)

    theirs: Page = open_page(viewport={"width": 1024, "height": 768})
    visiting.log_in(theirs, site(module.region, address), publisher.username)
    theirs.get_by_role("tab", name="Terbitkan").click()
    expect(theirs.locator("#b-pane-publish")).to_contain_text("mohon ditinjau")
    shot(theirs, "review-publisher")
    judged(theirs)
    expect(
        theirs.locator(".w-editing-sessions").get_by_role("button", name=clerk.get_full_name())
    ).to_be_visible()
    theirs.locator("[data-side-panel-toggle=status]").click()
    theirs.get_by_role("button", name="Atur jadwal").first.click()
    expect(theirs.get_by_label("Waktu mulai tayang")).to_be_visible()
    judged(theirs, "[role=dialog]")
    theirs.keyboard.press("Escape")
    visiting.follow(theirs, theirs.get_by_role("button", name="Setujui dan terbitkan"))
    expect(theirs.locator(".messages")).to_contain_text("disetujui dan diterbitkan")
    with scope.use(module.region):
        assert Release.objects.get().published_by == publisher


def test_rules_are_switches_that_anybody_understands(site, open_page, module: Module):
    administrator = factories.staff("administrator", module.region, "pengelola")
    page: Page = open_page(viewport=DESK)
    visiting.log_in(page, site(module.region, "/admin/builder/rules/"), administrator.username)
    expect(page.get_by_label("Dua orang")).to_be_visible()
    shot(page, "rules")
    judged(page)
