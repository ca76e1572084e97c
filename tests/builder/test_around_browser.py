"""The pages of Wagtail's admin around the editor, with something on them: nothing against any of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import cycle

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page

from builder import services
from builder.models import Module
from runtime.datasets import reading
from runtime.datasets import services as datasets
from runtime.regions import scope
from runtime.regions.models import Region, User
from tests import axe, factories
from tests.builder.conftest import broken, document, text
from tests.builder.test_views import url

pytestmark = pytest.mark.browser
LANGUAGES = ("id", "en")
"""In which language pages are judged, in turn: what a page is like depends little on its words."""
WIDTHS = (1366, 360)


@pytest.fixture
def here(module: Module, clerk: User, tangerang: Region) -> dict[str, str]:
    """The addresses of pages, by name: of a service with a history, a lock, a list and a release."""
    with scope.use(tangerang):
        draft = Module.objects.get(pk=module.pk)
        services.publish(module=draft, user=clerk, now=timezone.now())
        made = document(title="Izin Keramaian Umum")
        made["pages"][0]["fields"].append(
            {"key": "usia", "type": "number", "label": {"id": "Usia", "en": "Age"}}
        )
        services.save_document(module=Module.objects.get(pk=module.pk), document=text(made), user=clerk)
        other = services.create_module(region=tangerang, title="Izin Pasar Malam", user=clerk)
        services.save_document(module=other, document=text(broken(other.key)), user=clerk)
        Module.objects.filter(pk=other.pk).update(locked=True, locked_by=clerk, locked_at=timezone.now())
        edition = datasets.import_edition(
            region=tangerang,
            key="kelas",
            title={"id": "Kelas makam"},
            edition="2026",
            reading=reading.read(b"value,label,tarif\nA,Kelas A,1000\nB,Kelas B,2000\n"),
            by=clerk,
            now=timezone.now(),
        )
    pk = module.pk
    return {
        "home": "/admin/",
        "services": url("list"),
        "found": f"{url('list')}?q=izin",
        "add": url("add"),
        "schema": url("from_schema"),
        "workbook": url("from_workbook"),
        "copy": url("copy", pk),
        "history": url("history", pk),
        "compare": url("revisions_compare", pk, "earliest", "latest"),
        "inspect": url("inspect", pk),
        "unpublish": url("unpublish", pk),
        "delete": url("delete", other.pk),
        "usage": url("usage", pk),
        "translation": reverse("builder_translation", args=[pk]),
        "sharing": reverse("builder_sharing", args=[pk]),
        "workbook-out": reverse("builder_workbook", args=[pk]),
        "lists": reverse("builder_lists"),
        "upload": reverse("builder_list_upload"),
        "edition": reverse("builder_list_edition", args=[edition.pk]),
        "edition-delete": reverse("builder_list_delete", args=[edition.pk]),
    }


OPERATORS = {
    name: f"/admin/{path}"
    for name, path in {
        "users": "users/",
        "users-new": "users/new/",
        "users-edit": "users/edit/{user}/",
        "groups": "groups/",
        "groups-new": "groups/new/",
        "workflows": "workflows/list/",
        "workflows-add": "workflows/add/",
        "tasks": "workflows/tasks/index/",
        "task-types": "workflows/tasks/select_type/",
        "report-locked": "reports/locked/",
        "report-workflow": "reports/workflow/",
        "report-tasks": "reports/workflow_tasks/",
        "report-history": "reports/site-history/",
        "report-aging": "reports/aging-pages/",
        "report-types": "reports/page-types-usage/",
        "sites": "sites/",
        "sites-new": "sites/new/",
        "collections": "collections/",
        "pages": "pages/",
        "search": "pages/search/?q=izin",
    }.items()
}
"""Wagtail's own pages, which only whoever runs the installation sees."""


def sit(browser: Browser, client: Client, address: str, language: str) -> Page:
    """Sit somebody down at a screen, logged in."""
    context = browser.new_context(locale=language)
    context.set_default_timeout(10_000)
    session = client.cookies["sessionid"].value
    context.add_cookies(
        [
            {"name": "sessionid", "value": session, "url": address},
            {"name": "django_language", "value": language, "url": address},
        ]
    )
    return context.new_page()


def against(page: Page, name: str, address: str) -> Iterator[str]:
    """Open a page and yield what is against it, at each width."""
    page.set_viewport_size({"width": WIDTHS[0], "height": 768})
    answer = page.goto(address)
    assert answer is not None
    if answer.status != 200:
        yield f"{name}: {answer.status}"
        return
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 768})
        if folder := os.environ.get("SHOTS"):
            page.screenshot(path=f"{folder}/{name}-{width}.png")
        if words := axe.squeezed(page):
            yield f"{name}-{width}: no room for {words}"
            return
        found = axe.run(page, options=axe.WCAG if width == WIDTHS[0] else axe.BUT_COLOURS)
        for one in found.response["violations"]:
            yield f"{name}-{width}: {one['id']}: {[node['html'][:200] for node in one['nodes']][:3]}"
        beyond = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if beyond > 0:
            yield f"{name}-{width}: {beyond} px hang out"


class TestPagesAroundTheEditor:
    def test_can_be_read_by_everybody(
        self,
        site: Callable[..., str],
        browser: Browser,
        client_on,
        here: dict[str, str],
        tangerang: Region,
        clerk: User,
    ) -> None:
        """Clerks' pages as the administrator, who sees all of them; Wagtail's own as the superuser."""
        root = factories.person("admin", is_superuser=True, is_staff=True)
        found = []
        administrator = factories.staff("administrator", tangerang, "pengelola")
        for who, pages in (
            (administrator, {**here, "rules": "/admin/builder/rules/"}),
            (root, OPERATORS),
        ):
            client = client_on(tangerang, who)
            seats = [sit(browser, client, site(tangerang), language) for language in LANGUAGES]
            for (name, path), page, language in zip(pages.items(), cycle(seats), cycle(LANGUAGES)):
                address = site(tangerang, path.format(user=clerk.pk))
                found += against(page, f"{language}-{name}", address)
            for page in seats:
                page.context.close()
        assert not found, "\n".join(found)
