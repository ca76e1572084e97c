"""How pages of the account answer: to whoever is logged in, and kept by no cache."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from runtime.modules import site
from runtime.regions.models import User


def private(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Return a page that nobody but its reader may keep."""
    response = render(request, template, context, status=status)
    patch_cache_control(response, no_store=True, private=True)
    return response


def person(request: HttpRequest) -> User:
    """Return who is logged in; the door has seen to it that somebody is."""
    user = site.person(request)
    assert user is not None, "the page is for people who are logged in"
    return user
