"""A form that is sent twice begins one service: the second time leads to what the first has made.

Each page is drawn with a token of its own, so the same token with the same words is the same form again.
What was made is remembered in the cache; processes that share none know only of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from builder.models import Module

DAY = 86_400
UNDER_WAY = 0


def begun(view: Any, make: Callable[[], Module]) -> HttpResponse:
    """Make the service that the form of `view` asks for, unless it has been; lead to it."""
    request: HttpRequest = view.request
    if not request.POST.get("csrfmiddlewaretoken"):
        return redirect(view.edit_url_name, make().pk)
    sent = repr((request.path, sorted(request.POST.lists())))
    name = f"builder.once.{sha256(sent.encode(errors='surrogatepass')).hexdigest()}"
    if not cache.add(name, UNDER_WAY, DAY):
        known = cache.get(name, UNDER_WAY)
        if known == UNDER_WAY:
            messages.info(request, _("This form is being worked on already. The service appears here soon."))
            return redirect(view.index_url_name)
        if Module.objects.filter(pk=known).exists():
            messages.info(request, _("This form was sent before. This is the service that it has begun."))
            return redirect(view.edit_url_name, known)
    try:
        made = make().pk
    except BaseException:
        cache.delete(name)
        raise
    cache.set(name, made, DAY)
    return redirect(view.edit_url_name, made)
