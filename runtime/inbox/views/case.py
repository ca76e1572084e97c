"""The page of one case."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from runtime.cases import selectors as cases
from runtime.inbox.access import Officer, officers
from runtime.inbox.casepage import case_page
from runtime.inbox.trace import viewed
from runtime.look.words import language


@require_http_methods(["GET", "HEAD", "POST"])
@officers
def case(request: HttpRequest, officer: Officer, reference: str) -> HttpResponse:
    """Show the case; a POST shows the masked numbers as well, and leaves a trace of that."""
    found = cases.case_for_officer(officer.region, officer.user, reference)
    if found is None:
        raise Http404
    reveal = request.method == "POST"
    viewed(officer, found, "masked answers" if reveal else "case")
    page = case_page(officer, found, language=language(), now=timezone.now(), reveal=reveal)
    return render(request, "runtime/inbox/case.html", {"page": page})
