"""What the builder's tests share: a service that may be published, and the scope of the region."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from builder import blank, services
from builder.models import Module, PublishingRules
from runtime.regions import scope
from runtime.regions.models import Region, Role, User
from tests import factories, visiting

DESK = {"width": 1366, "height": 768}
ROLE = {"key": "officer", "title": blank.first_role()}


def document(key: str = "izin", title: str = "Izin Keramaian") -> dict[str, Any]:
    """Return a small service that can be published."""
    made = blank.document(key=key, title=title, role=ROLE)
    made["pages"][0]["fields"] = [
        {"key": "nama", "type": "text", "label": {"id": "Nama", "en": "Name"}, "required": True},
    ]
    return made


def broken(key: str = "izin") -> dict[str, Any]:
    """Return the same with a choice that offers nothing."""
    made = document(key)
    made["pages"][0]["fields"].append(
        {"key": "jenis", "type": "choice", "label": {"id": "Jenis"}, "options": []}
    )
    return made


def text(value: dict[str, Any]) -> str:
    """Return the document as nobody but its author would have written it."""
    return json.dumps(value, indent=3, ensure_ascii=False) + "\n\n"


@pytest.fixture
def in_tangerang(tangerang: Region) -> Iterator[Region]:
    with scope.use(tangerang):
        yield tangerang


@pytest.fixture
def officer(tangerang: Region) -> User:
    """Somebody who decides on the applications, so that they wait for nobody."""
    with scope.use(tangerang):
        Role.objects.create(region=tangerang, **ROLE)
    return factories.staff("officer", tangerang, "petugas-loket")


@pytest.fixture
def module(tangerang: Region, clerk: User, officer: User) -> Module:
    """A draft of the city that may be published."""
    with scope.use(tangerang):
        made = services.create_module(region=tangerang, title="Izin", user=clerk)
        services.save_document(module=made, document=text(document()), user=clerk)
    return made


@pytest.fixture
def stranger(poso: Region) -> User:
    """Somebody who builds services for the other region."""
    return factories.staff("builder", poso, "perancang-poso")


@pytest.fixture
def publisher(tangerang: Region) -> User:
    """Somebody who may publish services of the city, whoever else may not."""
    return factories.staff("publisher", tangerang, "penerbit")


@pytest.fixture
def reviewed(tangerang: Region) -> PublishingRules:
    """The city has services reviewed before they are published."""
    with scope.use(tangerang):
        return PublishingRules.objects.create(region=tangerang, review=True, changed_at=timezone.now())


@pytest.fixture
def two_people(tangerang: Region) -> PublishingRules:
    """The city wants two people for each release."""
    with scope.use(tangerang):
        return PublishingRules.objects.create(region=tangerang, two_people=True, changed_at=timezone.now())


@pytest.fixture
def panel(site, open_page, tangerang: Region, clerk: User, officer: User) -> Page:
    """The editor of a service that has just been given a title."""
    page = open_page(viewport=DESK)
    with scope.use(tangerang):
        made = services.create_module(region=tangerang, title="Izin Keramaian", user=clerk)
    address = reverse("wagtailsnippets_builder_module:edit", args=[made.pk])
    visiting.log_in(page, site(tangerang, address), clerk.username)
    expect(page.get_by_role("tab", name="Pertanyaan")).to_be_visible()
    return page
