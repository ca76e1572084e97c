"""A form that is sent twice begins one service: the second time leads to what the first has made.

Each page is drawn with a token of its own, so the same token with the same words is the same form again.
What was made is remembered in the service's history, so that it holds between processes too (ADR 0061).
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from builder.models import Module, ModuleLogEntry
from runtime.modules import site
from runtime.regions.models import Region

CREATED = "wagtail.create"


def begun(view: Any, make: Callable[[], Module]) -> HttpResponse:
    """Make the service that the form of `view` asks for, unless it has been; lead to it."""
    request: HttpRequest = view.request
    if not request.POST.get("csrfmiddlewaretoken"):
        return redirect(view.edit_url_name, make().pk)
    sent = repr((request.path, sorted(request.POST.lists())))
    name = UUID(bytes=sha256(sent.encode(errors="surrogatepass")).digest()[:16])
    with transaction.atomic():
        # Two forms of a region begin one after the other; what only refers to the region waits for neither.
        Region.objects.select_for_update(no_key=True).get(pk=site.region(request).pk)
        found = _made(name)
        if found is None:
            made = make().pk
            ModuleLogEntry.objects.filter(object_id=made, action=CREATED).update(uuid=name)
            return redirect(view.edit_url_name, made)
    messages.info(request, _("This form was sent before. This is the service that it has begun."))
    return redirect(view.edit_url_name, found)


def _made(name: UUID) -> int | None:
    """Return the service that the form `name` has begun, None where there is none or it is gone."""
    lines = ModuleLogEntry.objects.filter(uuid=name, action=CREATED)
    known = [int(one) for one in lines.values_list("object_id", flat=True)]
    found: int | None = Module.objects.filter(pk__in=known).values_list("pk", flat=True).first()
    return found
