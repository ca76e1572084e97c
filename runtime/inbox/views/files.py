"""A file of a case, given out only after the right to the case is known, and harmless when opened."""

from __future__ import annotations

import uuid

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from runtime.cases import selectors as cases
from runtime.cases.selectors import Case
from runtime.inbox.access import Officer, case_readers
from runtime.inbox.casepage import PICTURES
from runtime.viewlog.services import Did

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
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = HARMLESS
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
