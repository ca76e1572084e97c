"""The editor of a service that somebody deleted while another person wrote: what was written can be kept.

Only what the browser has sent is shown again; of the service nothing is left but who deleted it and when.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from builder import permissions, services
from builder.models import Module, ModuleLogEntry
from builder.panel import packing
from builder.panel.forms import refusal
from runtime.modules import site
from runtime.regions.models import User

View = Callable[..., HttpResponseBase]
EDIT = "wagtailsnippets_builder_module:edit"


def kept(view: View) -> View:
    """Let the editor answer what is posted to a service that is gone with what was written."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            if "change" not in permissions.actions(request.user) or not request.POST.get("document"):
                raise
            if Module.objects.filter(pk=kwargs["pk"]).exists():
                raise
            return _answer(request, kwargs["pk"])

    return guarded


def _answer(request: HttpRequest, pk: int) -> HttpResponseBase:
    may_add = "add" in permissions.actions(request.user)
    said = _deleted(pk)
    if "application/json" in request.headers.get("accept", ""):
        sentence = _("{said} What you wrote is on this page only. Press “Save draft” to keep it.")
        error = {"error_code": "invalid_revision", "error_message": sentence.replace("{said}", said)}
        return JsonResponse({"success": False, **error}, status=400)
    mistakes: list[Any] = []
    if may_add and "again" in request.POST:
        try:
            return redirect(EDIT, _begun(request).pk)
        except services.NotADraft as refused:
            mistakes = refusal(refused)
        except packing.Damaged:
            mistakes = [_("What was written arrived damaged. Go back in the browser and save again.")]
    context = {
        "said": said,
        "may_add": may_add,
        "document": request.POST["document"],
        "mistakes": mistakes,
        "index_url": reverse("wagtailsnippets_builder_module:list"),
    }
    answer: HttpResponse = render(request, "builder/module/gone.html", context, status=404)
    return answer


def _begun(request: HttpRequest) -> Module:
    """Begin a service with what was written. Raises `NotADraft` and `Damaged`."""
    value = services.read_draft(packing.unpacked(request.POST["document"]))
    user = request.user if isinstance(request.user, User) else None
    title = services.title_of(value, otherwise=_("Untitled"))
    document = {**value, "key": "service", "title": value.get("title") or title}
    return services.create_from(region=site.region(request), document=document, user=user)


def _deleted(pk: int) -> str:
    """Return a sentence that says who deleted the service, as far as that is known here."""
    lines = ModuleLogEntry.objects.filter(object_id=str(pk), action="wagtail.delete").order_by("-timestamp")
    line = lines.select_related("user").first()
    if line is None or line.user is None:
        return _("This service is not here any more: somebody has deleted it.")
    who = line.user.get_full_name() or line.user.username
    return _("{who} has deleted this service.").replace("{who}", who)
