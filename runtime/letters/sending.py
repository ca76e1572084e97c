"""Give the file of an issued letter to somebody who may have it: to be saved, never to run in the site."""

from __future__ import annotations

import re

from django.http import Http404, HttpResponse

from runtime.letters import storing
from runtime.letters.models import IssuedLetter

HARMLESS = "sandbox; default-src 'none'"


def download(letter: IssuedLetter | None) -> HttpResponse:
    """Return the file; raise `Http404` when the letter is not issued or its file is gone."""
    if letter is None or not letter.issued or not letter.file:
        raise Http404
    try:
        content = storing.get(letter.file, letter.sha256)
    except storing.Lost:
        raise Http404 from None
    return pdf(content, _name(letter))


def pdf(content: bytes, name: str) -> HttpResponse:
    """Return a PDF to be saved under `name` and kept by no cache."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = HARMLESS
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def _name(letter: IssuedLetter) -> str:
    number = re.sub(r"[^A-Za-z0-9]+", "-", letter.number).strip("-")
    return f"{letter.letter}-{number}.pdf"
