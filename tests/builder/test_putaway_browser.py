"""A warning is put away beside its question, counted on Publish, shown to the reviewer and shown again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from builder.models import Module
from runtime.regions.models import User
from tests import axe, factories, visiting
from tests.builder.conftest import DESK
from tests.builder.test_clumsy_browser import save
from tests.builder.test_governance_browser import shot
from tests.builder.test_panel_browser import add
from tests.builder.test_views import url

pytestmark = pytest.mark.browser


def test_comes_back_once_its_question_is_different(site, open_page, module: Module, clerk: User):
    page: Page = open_page(viewport=DESK)
    visiting.log_in(page, site(module.region, url("edit", module.pk)), clerk.username)
    add(page, "Teks pendek", "Nomor HP")
    add(page, "Teks pendek", "Email")
    add(page, "Teks pendek", "Tempat, tanggal lahir")
    advice = page.locator(".b-inspector .b-advice li")
    expect(advice).to_contain_text("menanyakan dua hal sekaligus")
    advice.get_by_role("button", name="Biarkan, sudah benar").click()
    expect(advice).to_have_count(0)
    expect(page.locator(".b-question", has=page.locator(".b-chip--advice"))).to_have_count(3)

    page.get_by_role("tab", name="Terbitkan").click()
    typed = page.locator(".b-problem--warning", has_text="padahal ada jenis pertanyaannya").first
    typed.get_by_text("Dan 1 lagi yang serupa").click()
    other = typed.locator(".b-problem--warning")
    expect(other).to_contain_text("Email")
    other.get_by_role("button", name="Biarkan, sudah benar").click()
    hidden = page.locator("details", has_text="2 peringatan disembunyikan")
    hidden.locator("summary").click()
    expect(hidden.locator(".b-problem")).to_have_count(2)
    shot(page, "put-away")
    found = axe.run(page, options=axe.BUILDER)
    assert found.violations_count == 0, found.generate_report()
    save(page)

    reviewer = factories.staff("publisher", module.region, "penerbit")
    theirs: Page = open_page(viewport={"width": 1024, "height": 768})
    visiting.log_in(theirs, site(module.region, url("edit", module.pk)), reviewer.username)
    theirs.get_by_role("tab", name="Terbitkan").click()
    hidden = theirs.locator("details", has_text="2 peringatan disembunyikan")
    hidden.locator("summary").click()
    shown = hidden.locator(".b-problem", has_text="Email")
    shown.get_by_role("button", name="Tampilkan lagi").click()
    expect(theirs.get_by_text("1 peringatan disembunyikan")).to_be_visible()

    theirs.get_by_role("tab", name="Pertanyaan").click()
    theirs.locator(".b-question", has_text="Tempat, tanggal lahir").locator(".b-question__main").click()
    theirs.get_by_label("Petunjuk", exact=True).fill("Seperti di akta")
    expect(theirs.locator(".b-inspector .b-advice li")).to_contain_text("menanyakan dua hal sekaligus")
