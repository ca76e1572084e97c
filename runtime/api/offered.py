"""What the region offers, as other programs read it: services, their versions, the documents about them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from runtime.api.trouble import Trouble
from runtime.modules import selectors, site
from runtime.modules.models import Installation, ModuleVersion
from runtime.wizard import drafts
from schemas import answers, openapi, parse
from schemas.definition import Module
from schemas.openapi import BASE

VERSION_DOCUMENTS = ("schema", "openapi.json", "validate", "submissions", "files")


@dataclass(frozen=True, slots=True)
class Asked:
    """The version an address names, and how the region offers its service."""

    installation: Installation
    version: ModuleVersion
    module: Module


def listed(request: HttpRequest, limit: int, offset: int) -> dict[str, Any]:
    """Return a part of the services of the region, by key."""
    rows = selectors.installations(site.region(request)).exclude(state=Installation.State.CLOSED)
    total = rows.count()
    following = offset + limit
    there_is_more = request.build_absolute_uri(f"{BASE}/modules?limit={limit}&offset={following}")
    return {
        "modules": [described(request, row) for row in rows.order_by("key")[offset:following]],
        "total": total,
        "next": there_is_more if following < total else None,
    }


def installed(request: HttpRequest, key: str) -> Installation:
    """Return the service `key` of the region; there is none when it is closed."""
    found = selectors.installation(site.region(request), key)
    if found is None or found.state == Installation.State.CLOSED:
        raise Trouble("not-found")
    return found


def asked(request: HttpRequest, key: str, number: int) -> Asked:
    """Return the version that an address names."""
    installation = installed(request, key)
    version: ModuleVersion | None = installation.version
    if version is None or version.number != number:
        version = selectors.numbered(site.region(request), key, number)
    if version is None:
        raise Trouble("not-found")
    return Asked(installation, version, selectors.definition(version))


def must_be_taken(found: Asked, *, begun: bool, now: datetime) -> None:
    """Refuse when the service takes no applications, or not of this version.

    One that was `begun` with files may still be finished while the service is closing. A replaced
    version is taken for as long as a citizen's draft on it would live.
    """
    states = Installation.State
    if found.installation.state != states.OPEN and not (begun and found.installation.state == states.CLOSING):
        raise Trouble("not-taken")
    if found.version.pk == found.installation.version_id:
        return
    replaced_at = selectors.replaced_at(found.version)
    if replaced_at is None or replaced_at + drafts.life() <= now:
        raise Trouble("replaced")


def described(request: HttpRequest, row: Installation) -> dict[str, Any]:
    """Return a service as it stands in the list."""
    version = row.version
    module = selectors.definition(version)
    return {
        "key": module.key,
        "version": version.number,
        "state": row.state,
        "digest": version.digest,
        "published_at": version.published_at.isoformat(),
        "languages": list(module.languages),
        "category": module.category,
        "title": dict(module.title.values),
        "summary": dict(module.summary.values),
        "links": dict(_links(request, module.key, version.number)),
    }


def with_pages(request: HttpRequest, row: Installation) -> dict[str, Any]:
    """Return a service with its questions, as its document has them."""
    return {**described(request, row), "pages": _pages(row.version.digest, row.version.document)}


def schema_text(version: ModuleVersion) -> bytes:
    """Return the JSON Schema of the answers of a version."""
    return _schema_text(version.digest, version.document)


def openapi_text(version: ModuleVersion) -> bytes:
    """Return the OpenAPI document of a version."""
    return _openapi_text(version.digest, version.number, version.document)


@lru_cache(maxsize=1)
def whole_text() -> bytes:
    """Return the OpenAPI document of the whole API."""
    return _text(openapi.whole())


@lru_cache(maxsize=256)
def _schema_text(_digest: str, document: str) -> bytes:
    return _text(answers.schema(parse.load(document)))


@lru_cache(maxsize=256)
def _openapi_text(_digest: str, number: int, document: str) -> bytes:
    return _text(openapi.document(parse.load(document), number))


@lru_cache(maxsize=256)
def _pages(_digest: str, document: str) -> list[Any]:
    wanted = {page.key for page in parse.load(document).filing_pages()}
    return [page for page in json.loads(document)["pages"] if page["key"] in wanted]


def _text(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _links(request: HttpRequest, key: str, number: int) -> Iterator[tuple[str, str]]:
    yield "self", request.build_absolute_uri(f"{BASE}/modules/{key}")
    for name in VERSION_DOCUMENTS:
        path = f"{BASE}/modules/{key}/{number}/{name}"
        yield name.removesuffix(".json"), request.build_absolute_uri(path)
    yield "page", request.build_absolute_uri(reverse("modules:service", args=[key]))
