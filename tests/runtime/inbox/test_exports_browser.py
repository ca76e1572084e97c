"""A file of applications in a real browser: asked for, made, fetched, refused; axe in each state."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from runtime.exports import asking
from runtime.jobs import services
from runtime.jobs.models import Job
from tests.runtime import exported
from tests.runtime.conftest import Village
from tests.runtime.exported import filing as filing  # the fixture
from tests.visiting import follow, judge, log_in, speak

pytestmark = pytest.mark.browser
WORDS = {
    "id": (
        "Jawaban yang mana",
        "Tanpa data pribadi, untuk rekapitulasi",
        "Buat berkas",
        "Unduh berkas",
        "lebih dari",
    ),
    "en": ("Which answers", "Without personal data, for counting", "Make the file", "Download", "more than"),
}


def finish(job: Job) -> None:
    """Let the clock do the rest."""
    while job.finished_at is None:
        services.work(job, now=job.asked_at + timedelta(hours=1))
        services.work_due(job.asked_at + timedelta(hours=1))
        job.refresh_from_db()


class TestExports:
    @pytest.mark.parametrize(("language", "width"), [("id", 360), ("en", 1366)])
    def test_are_asked_for_watched_and_fetched(
        self,
        filing: Village,
        site: Callable[..., str],
        open_page: Callable[..., Page],
        monkeypatch: Any,
        language: str,
        width: int,
    ) -> None:
        answers, recap, make, fetch, more = WORDS[language]
        exported.crowd(filing, 250)
        page = open_page(viewport={"width": width, "height": 740})
        start = site(filing.region, "/desk/exports/")
        speak(page, start, language)
        log_in(page, start, "loket")
        judge(page)
        expect(page.get_by_role("group", name=answers).get_by_role("radio").first).to_be_checked()
        page.locator("select[name=service]").select_option(exported.KEY)
        page.get_by_label(recap).check()
        page.get_by_label("JSON").check()
        follow(page, page.get_by_role("button", name=make))
        expect(page.get_by_role("progressbar")).to_be_visible()
        judge(page)
        job = Job.objects.get()
        assert (job.done, job.arguments["way"]) == (200, "recap")
        finish(job)
        page.reload()
        judge(page)
        with page.expect_download() as download:
            page.get_by_role("link", name=fetch).click()
        assert len(json.loads(download.value.path().read_text())["cases"]) == 250

        monkeypatch.setattr(asking, "MOST", 10)
        page.goto(start)
        judge(page)
        page.locator("select[name=service]").select_option(exported.KEY)
        follow(page, page.get_by_role("button", name=make))
        expect(page.locator(".card--wrong")).to_contain_text(more)
        judge(page)
