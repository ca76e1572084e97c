"""A file of a case, given out only after the right to the case is known, and harmless when opened."""

from __future__ import annotations

import uuid

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from runtime.cases import selectors as cases
from runtime.inbox.access import Officer, officers
from runtime.inbox.casepage import PICTURES
from runtime.inbox.trace import viewed

HARMLESS = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"


@require_safe
@officers
def file(request: HttpRequest, officer: Officer, reference: str, pk: uuid.UUID) -> FileResponse:
    """Send the file: pictures may be shown in the page, everything else is saved by the browser."""
    case = cases.case_for_officer(officer.region, officer.user, reference)
    attachment = cases.attachment(case, str(pk)) if case else None
    if case is None or attachment is None:
        raise Http404
    viewed(officer, case, f"file {attachment.pk}")
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
