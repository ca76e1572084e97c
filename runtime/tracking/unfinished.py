"""What an applicant has begun to answer again but not yet sent; kept in the session, page by page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

SHELF = "unfinished"
MOST = 10


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
    """Drop it, for it has been sent."""
    if name in request.session.get(SHELF, {}):
        request.session[SHELF] = {k: v for k, v in request.session[SHELF].items() if k != name}
