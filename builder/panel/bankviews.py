"""The editor's question bank: looking for questions, keeping some, taking them out of it, as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from builder import bank, permissions
from builder.models import BankEntry
from runtime.modules import site
from runtime.regions.models import User

View = Callable[..., HttpResponseBase]


def for_designers(view: View) -> View:
    """Let those in who may change services."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "change" not in permissions.actions(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@for_designers
def index(request: HttpRequest) -> JsonResponse:
    """List what the region keeps; with POST keep questions, or say why not."""
    if request.method == "POST":
        return _keep(request)
    found = bank.entries(site.region(request), request.GET.get("q", "")[:200])
    return JsonResponse({"entries": [_told(entry) for entry in found]})


def _keep(request: HttpRequest) -> JsonResponse:
    name, bundle = _posted(request)
    assert isinstance(request.user, User)
    try:
        entry = bank.keep(
            region=site.region(request), name=name, bundle=bundle, user=request.user, now=timezone.now()
        )
    except bank.NotKept as reason:
        return JsonResponse({"sentence": str(reason)}, status=422)
    return JsonResponse({"entry": _told(entry)}, status=201)


@require_safe
@for_designers
def questions(request: HttpRequest, pk: int) -> JsonResponse:
    """Give the questions of an entry."""
    return JsonResponse({"bundle": get_object_or_404(BankEntry, pk=pk).bundle})


@require_POST
@for_designers
def remove(request: HttpRequest, pk: int) -> JsonResponse:
    """Take an entry out of the bank."""
    bank.remove(get_object_or_404(BankEntry, pk=pk))
    return JsonResponse({})


def _posted(request: HttpRequest) -> tuple[str, str]:
    """Return name and bundle of what was posted, "" for what is not there or is no text."""
    if len(request.body) > 2 * bank.LONGEST + 1000:
        return "-", "x" * (bank.LONGEST + 1)  # refused as too long, in the same words
    try:
        told = json.loads(request.body)
    except (ValueError, RecursionError):
        told = None
    told = told if isinstance(told, dict) else {}
    name, bundle = told.get("name"), told.get("bundle")
    return (name if isinstance(name, str) else ""), (bundle if isinstance(bundle, str) else "")


def _told(entry: BankEntry) -> dict[str, Any]:
    by = entry.saved_by.get_full_name() if entry.saved_by else _("somebody who is gone")
    return {"id": entry.pk, "name": entry.name, "count": entry.count, "by": by}
