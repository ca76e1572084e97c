"""Every address of our own, found by walking the resolver; other packages' are named as groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

# Addresses of other packages, by beginning: who guards them, and which test shows it.
GROUPS = {
    "accounts/": "allauth; tests/cms/test_login.py",
    "django-admin/": "Django's admin, for superusers; TestGroups",
    "admin/": "Wagtail's admin, for builders and publishers; TestGroups",
}
OWN = ("builder", "cms", "runtime", "schemas", "django.views.i18n")
OWN_NAMESPACES = ("wagtailsnippets_builder_module", "api")  # other packages' views of our things


@dataclass(frozen=True, slots=True)
class Route:
    """One address: its pattern, and its name with namespace when it has one."""

    pattern: str
    name: str
    own: bool


def all_routes() -> list[Route]:
    """Return every address of the site."""
    return list(_walk(get_resolver(), "", ""))


def _walk(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            name = f"{namespace}:{entry.name}" if namespace else entry.name or ""
            yield Route(pattern, name, _is_own(entry.callback, namespace))
        else:
            inner = ":".join(filter(None, (namespace, entry.namespace)))
            yield from _walk(entry, pattern, inner)


def _is_own(callback: Any, namespace: str) -> bool:
    view = getattr(callback, "view_class", None) or getattr(callback, "func", callback)
    return namespace in OWN_NAMESPACES or str(view.__module__).split(".")[0] in OWN or view.__module__ in OWN
