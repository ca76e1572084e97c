"""Finds the draft of an address, or says kindly why there is none; tells our script where a post leads."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from runtime.modules import site
from runtime.wizard import counter, drafts, grants
from runtime.wizard.models import Draft


class DraftMixin:
    """Finds the draft of the address; says kindly when there is none any more."""

    draft: Draft

    def find_draft(self, request: HttpRequest, token: str) -> HttpResponse | None:
        """Set `draft`, or return the page that says why not."""
        try:
            self.draft = drafts.find(region=site.region(request), token=token, now=timezone.now())
            counter.must_be_of(request, self.draft)
        except drafts.UnknownDraft:
            return render(request, "runtime/wizard/unknown.html", status=404)
        except drafts.ExpiredDraft:
            grants.forget_draft(request, token)
            return render(request, "runtime/wizard/expired.html", status=410)
        return None


def answered(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Return where a post leads as data when our script asks, so that it fetches the page only once."""
    by_script = request.method == "POST" and request.headers.get("Accept", "").startswith("application/json")
    if not by_script or not isinstance(response, HttpResponseRedirect):
        return response
    return JsonResponse({"to": response.url})
