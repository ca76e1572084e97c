"""What an applicant has begun to answer again, kept in the session page by page; and what was just sent."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

SHELF = "unfinished"
SENT = "sent"
MOST = 10
UNTOLD = {"csrfmiddlewaretoken"}


def load(request: HttpRequest, name: str) -> dict[str, Any]:
    """Return {"answers", "typed"} as they were left, empty when nothing was begun."""
    found: dict[str, Any] = request.session.get(SHELF, {}).get(name, {})
    return {"answers": found.get("answers", {}), "typed": found.get("typed", {}), "begun": bool(found)}


def save(request: HttpRequest, name: str, *, answers: dict[str, Any], typed: dict[str, Any]) -> None:
    """Keep what was typed so far."""
    kept = {key: value for key, value in request.session.get(SHELF, {}).items() if key != name}
    kept[name] = {"answers": answers, "typed": typed}
    request.session[SHELF] = dict(list(kept.items())[-MOST:])


def forget(request: HttpRequest, name: str) -> None:
    """Drop it, for it has been sent; remember the post, in case the button was pressed twice."""
    if name in request.session.get(SHELF, {}):
        request.session[SHELF] = {k: v for k, v in request.session[SHELF].items() if k != name}
    kept = {key: value for key, value in request.session.get(SENT, {}).items() if key != name}
    request.session[SENT] = dict([*kept.items(), (name, fingerprint(request))][-MOST:])


def sent(request: HttpRequest, name: str) -> bool:
    """Say whether this very post has been sent already; a page always names the revision it shows."""
    known = request.session.get(SENT, {}).get(name)
    return known is not None and "_revision" in request.POST and known == fingerprint(request)


def fingerprint(request: HttpRequest) -> str:
    """Return a digest of everything posted, files by their content."""
    said = sorted((key, values) for key, values in request.POST.lists() if key not in UNTOLD)
    files = sorted((key, _digest(file)) for key in request.FILES for file in request.FILES.getlist(key))
    return hashlib.sha256(json.dumps([said, files]).encode()).hexdigest()


def _digest(file: UploadedFile[bytes]) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()
