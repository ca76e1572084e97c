"""Whose site a request is for, who asks, and in which language."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import get_language

from runtime.regions.models import Region, User


def region(request: HttpRequest) -> Region:
    """Return the region whose host was asked; the middleware has set it."""
    found: Region = request.region  # type: ignore[attr-defined]  # set by our middleware
    return found


def language() -> str:
    """Return the two letters of the reader's language."""
    return (get_language() or "id")[:2]


def person(request: HttpRequest) -> User | None:
    """Return who is logged in, if anybody."""
    return request.user if isinstance(request.user, User) else None
