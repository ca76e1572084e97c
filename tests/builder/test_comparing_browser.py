"""The Publish tab in a real browser: what would change, and the way to each place."""

from __future__ import annotations

import os

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from builder import services
from builder.models import Module
from runtime.regions import scope
from runtime.regions.models import User
from tests import axe, visiting
from tests.builder.conftest import DESK
from tests.builder.test_views import url

pytestmark = pytest.mark.browser


def test_lists_what_publishing_changes_and_leads_to_each_place(site, open_page, module: Module, clerk: User):
    with scope.use(module.region):
        services.publish(module=module, user=clerk, now=timezone.now())
    page: Page = open_page(viewport=DESK)
    visiting.log_in(page, site(module.region, url("edit", module.pk)), clerk.username)
    publish = page.get_by_role("tab", name="Terbitkan")
    publish.click()
    pane = page.locator("#b-pane-publish")
    expect(pane).to_contain_text("Tidak ada yang berbeda dari versi 1")

    page.get_by_role("tab", name="Pertanyaan").click()
    page.locator('[data-key="nama"]').first.click()
    page.get_by_label("Wajib diisi").uncheck()
    publish.click()
    expect(pane).to_contain_text("Perubahan: 1")
    expect(pane.get_by_text("Tidak wajib diisi lagi")).to_be_visible()
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/changes.png", full_page=True)
    assert axe.run(page, options=axe.WCAG).violations_count == 0

    pane.locator(".b-changes__where", has_text="Pertanyaan 1: Nama").click()
    expect(page.get_by_role("tab", name="Pertanyaan")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_label("Wajib diisi")).to_be_visible()
