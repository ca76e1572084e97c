"""A file of a case, given out only after the right to the case is known, and harmless when opened.

A PDF is shown as pictures of its pages: telephones show none, and no browser's own viewer runs where a file
has no powers (docs/adr/0044).
"""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from runtime.cases import selectors as cases
from runtime.cases.selectors import Case
from runtime.inbox.access import Officer, case_readers
from runtime.inbox.documents import PICTURES, document_pages
from runtime.viewlog.services import Did

ONE_LOOK = timedelta(minutes=10)  # in which the pages of a document are looked at
HARMLESS = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"


def _did(_request: HttpRequest, response: HttpResponseBase) -> Did:
    return Did.DOWNLOADED if getattr(response, "as_attachment", True) else Did.OPENED


@require_safe
@case_readers(_did)
def file(request: HttpRequest, officer: Officer, case: Case, pk: uuid.UUID) -> FileResponse:
    """Send the file: pictures may be shown in the page, everything else is saved by the browser."""
    attachment = cases.attachment(case, str(pk))
    if attachment is None:
        raise Http404
    inline = attachment.type in PICTURES and "download" not in request.GET
    response = FileResponse(
        attachment.file.open("rb"),
        as_attachment=not inline,
        filename=attachment.name,
        content_type=attachment.type if inline else "application/octet-stream",
    )
    _harmless(response)
    return response


def _opened(_request: HttpRequest, _response: HttpResponseBase) -> Did:
    return Did.OPENED


@require_safe
@case_readers(_opened, within=ONE_LOOK)
def pages(request: HttpRequest, officer: Officer, case: Case, pk: uuid.UUID) -> HttpResponse:
    """Show the pages of a PDF, one below the other."""
    found = document_pages(case, pk)
    if found is None:
        raise Http404
    return render(request, "runtime/inbox/pages.html", {"document": found, "case": case})


@require_safe
@case_readers(_opened, within=ONE_LOOK)
def page(request: HttpRequest, officer: Officer, case: Case, pk: uuid.UUID, number: int) -> HttpResponse:
    """Send the picture of one page of a PDF."""
    found = document_pages(case, pk)
    if found is None or not 0 < number <= len(found.pictures):
        raise Http404
    response = HttpResponse(found.pictures[number - 1], content_type="image/webp")
    _harmless(response)
    return response


def _harmless(response: HttpResponseBase) -> None:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = HARMLESS
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
