"""Two people in one service, each in a browser of their own: no work is lost, and each reads who it was."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Response, expect

from builder import services
from builder.models import Module, PublishingRules, Release
from runtime.regions import scope
from runtime.regions.models import Region, User
from tests import axe, factories, visiting
from tests.builder.conftest import DESK
from tests.builder.test_boxes_browser import held
from tests.builder.test_panel_browser import add
from tests.builder.test_views import url

pytestmark = pytest.mark.browser
STOPPED = "[data-builder-target=stopped]"


@pytest.fixture
def colleague(tangerang: Region) -> User:
    """Somebody who designs services beside the clerk."""
    user = factories.staff("builder", tangerang, "sari")
    user.last_name = "Rekan"
    user.save()
    return user


@pytest.fixture
def two(
    site: Callable[..., str], open_page: Callable[..., Page], module: Module, clerk: User, colleague: User
) -> tuple[Page, Page]:
    """The same draft, open on the clerk's screen and on the colleague's."""
    pages = []
    for person in (clerk, colleague):
        page = open_page(viewport=DESK)
        visiting.log_in(page, site(module.region, url("edit", module.pk)), person.username)
        page.get_by_role("tab", name="Pertanyaan").click()
        pages.append(page)
    return pages[0], pages[1]


def labels(document: dict[str, Any]) -> list[str]:
    return [field["label"]["id"] for field in document["pages"][0]["fields"]]


def newest(module: Module) -> list[str]:
    with scope.use(module.region):
        draft = Module.objects.get(pk=module.pk).get_latest_revision_as_object()
    return labels(services.read_draft(draft.document))


def save(page: Page) -> None:
    """Save the draft, also past the question that Wagtail asks once it has heard of the other."""
    answers: list[str] = []
    page.on("response", lambda one: answers.append(one.url) if _is_save(one) else None)
    page.get_by_role("button", name="Simpan draf").first.click()
    yes = page.locator("[data-w-dialog-target=confirm]").last
    for _attempt in range(200):
        if answers:
            break
        if yes.is_visible():
            yes.click()
        page.wait_for_timeout(50)
    assert answers, "nothing was sent"
    page.wait_for_load_state()


def hear(page: Page) -> None:
    """Let Wagtail ask now what the others do, as it does every few seconds."""
    with page.expect_response("**/editing-sessions/ping/**"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def _is_save(answer: Response) -> bool:
    sent = answer.request
    return sent.method == "POST" and "/edit/" in sent.url and "json" not in sent.headers.get("accept", "")


def shot(page: Page, name: str) -> None:
    if folder := os.environ.get("SHOTS"):
        for width, height in ((1366, 768), (360, 740)):
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(1500)
            page.screenshot(path=f"{folder}/{name}-{width}.png")
        page.set_viewport_size(DESK)


class TestColleagues:
    def test_who_saved_first_is_named_and_both_versions_stay(
        self, two: tuple[Page, Page], module: Module
    ) -> None:
        mine, theirs = two
        add(theirs, "Teks pendek", "Dari Sari")
        save(theirs)
        add(mine, "Teks pendek", "Dari saya")
        expect(mine.locator(STOPPED)).to_contain_text("Sari Rekan menyimpan layanan ini selagi Anda menulis")
        shot(mine, "stopped")
        hear(mine)
        mine.get_by_role("button", name="Simpan draf").first.click()
        dialog = mine.get_by_role("dialog", name="Sari Rekan menyimpan versi baru")
        expect(dialog).to_contain_text("versi Sari Rekan tetap ada di riwayat")
        assert newest(module) == ["Nama", "Dari Sari"]
        shot(mine, "asked")
        visiting.follow(mine, dialog.get_by_role("button", name="Simpan draf"))
        assert newest(module) == ["Nama", "Dari saya"]
        with scope.use(module.region):
            kept = [one.as_object().document for one in module.revisions.all()]
        assert any("Dari Sari" in document for document in kept)

    def test_a_release_of_one_leaves_the_others_work_alone(
        self, two: tuple[Page, Page], module: Module
    ) -> None:
        mine, theirs = two
        add(theirs, "Teks pendek", "Dari Sari")
        theirs.get_by_role("tab", name="Terbitkan").click()
        expect(theirs.locator(".b-fine")).to_be_visible()
        visiting.follow(theirs, theirs.get_by_role("button", name="Terbitkan sekarang"))
        mine.route("**/editing-sessions/ping/**", lambda one: one.fulfill(json={"html": ""}))
        add(mine, "Teks pendek", "Dari saya")
        save(mine)
        expect(mine.get_by_text("Belum disimpan: Sari Rekan", exact=False).first).to_be_visible()
        assert labels(held(mine)) == ["Nama", "Dari saya"]
        save(mine)
        assert newest(module) == ["Nama", "Dari saya"]
        with scope.use(module.region):
            assert labels(services.read_draft(Release.objects.get().document)) == ["Nama", "Dari Sari"]

    def test_what_was_written_in_a_deleted_service_can_be_kept(
        self, two: tuple[Page, Page], module: Module, site: Callable[..., str]
    ) -> None:
        mine, theirs = two
        theirs.goto(site(module.region, url("delete", module.pk)))
        with theirs.expect_navigation():
            theirs.locator("main form [type=submit]").click()
        add(mine, "Teks pendek", "Dari saya")
        expect(mine.locator(STOPPED)).to_contain_text("Sari Rekan telah menghapus layanan ini")
        save(mine)
        expect(mine.locator("h1")).to_contain_text("Layanan telah dihapus")
        shot(mine, "deleted")
        found = axe.run(mine, options=axe.WCAG)
        assert found.violations_count == 0, found.generate_report()
        visiting.follow(mine, mine.get_by_role("button", name="Pertahankan sebagai layanan baru"))
        expect(mine.get_by_role("tab", name="Pertanyaan")).to_be_visible()
        assert labels(held(mine)) == ["Nama", "Dari saya"]

    def test_who_locked_it_is_named_and_what_was_written_stays(
        self,
        reviewed: PublishingRules,
        two: tuple[Page, Page],
        module: Module,
        client_on: Callable[..., Any],
        colleague: User,
    ) -> None:
        """Before that, a colleague hands it in for review: who writes on reads it, and loses nothing."""
        mine, theirs = two
        theirs.get_by_role("tab", name="Terbitkan").click()
        expect(theirs.locator(".b-fine")).to_be_visible()
        visiting.follow(theirs, theirs.get_by_role("button", name="Ajukan untuk ditinjau"))
        add(mine, "Teks pendek", "Selagi ditinjau")
        expect(mine.locator(STOPPED)).to_contain_text("Sari Rekan sudah mengajukan layanan ini")
        save(mine)
        expect(mine.locator(".messages")).to_contain_text("Sari Rekan sudah mengajukan layanan ini")
        shot(mine, "reviewed")
        assert newest(module) == ["Nama", "Selagi ditinjau"]
        other = client_on(module.region, colleague)
        assert other.post(url("lock", module.pk)).status_code == 302
        add(mine, "Teks pendek", "Dari saya")
        expect(mine.locator(STOPPED)).to_contain_text("Sari Rekan mengunci layanan ini")
        save(mine)
        expect(mine.get_by_text("Tidak disimpan: Sari Rekan", exact=False).first).to_be_visible()
        shot(mine, "locked")
        assert newest(module) == ["Nama", "Selagi ditinjau"]
        assert labels(held(mine)) == ["Nama", "Dari saya", "Selagi ditinjau"]
        assert other.post(url("unlock", module.pk)).status_code == 302
        save(mine)
        assert newest(module) == ["Nama", "Dari saya", "Selagi ditinjau"]
