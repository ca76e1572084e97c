"""The page of one case."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from runtime.cases import mentioning, talking
from runtime.cases.selectors import Case
from runtime.inbox.access import Officer, case_readers
from runtime.inbox.casepage import case_page
from runtime.look.words import language
from runtime.viewlog.services import Did


def _did(request: HttpRequest, _response: HttpResponseBase) -> Did:
    return Did.REVEALED if request.method == "POST" else Did.VIEWED


@require_http_methods(["GET", "HEAD", "POST"])
@case_readers(_did)
def case(request: HttpRequest, officer: Officer, found: Case) -> HttpResponse:
    """Show the case; a POST shows the masked numbers as well."""
    reveal = request.method == "POST"
    page = case_page(officer, found, language=language(), now=timezone.now(), reveal=reveal)
    if request.method != "HEAD" and found.applicant_id != officer.user.pk:
        talking.mark_read(found, by="office", now=timezone.now())
        mentioning.seen(found, officer.user, timezone.now())
    return render(request, "runtime/inbox/case.html", {"page": page})
