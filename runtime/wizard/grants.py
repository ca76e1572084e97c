"""Which cases and drafts this browser has proved to be its own. Kept in the session, for a limited time."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest

CASES = "cases"
DRAFTS = "drafts"
CODES = "codes"
CASE_LIFE = timedelta(hours=4)
MOST = 20


def grant(request: HttpRequest, reference: str, *, now: datetime) -> None:
    """Let this browser open the case for a few hours."""
    _put(request, CASES, reference, now.isoformat())


def granted(request: HttpRequest, reference: str, *, now: datetime) -> bool:
    """Say whether this browser proved the case lately."""
    since = request.session.get(CASES, {}).get(reference)
    return bool(since) and now - datetime.fromisoformat(since) < CASE_LIFE


def revoke(request: HttpRequest, reference: str) -> None:
    """Close the case for this browser again."""
    kept = {key: value for key, value in request.session.get(CASES, {}).items() if key != reference}
    request.session[CASES] = kept


def remember_draft(request: HttpRequest, token: str, *, now: datetime) -> None:
    """Let the front page offer the draft again in this browser."""
    _put(request, DRAFTS, token, now.isoformat())


def draft_tokens(request: HttpRequest) -> list[str]:
    """Return the drafts begun or opened in this browser, latest first."""
    return list(reversed(request.session.get(DRAFTS, {})))


def forget_draft(request: HttpRequest, token: str) -> None:
    """Stop offering a draft, for it is filed or gone."""
    if token in request.session.get(DRAFTS, {}):
        kept = {key: value for key, value in request.session[DRAFTS].items() if key != token}
        request.session[DRAFTS] = kept


def keep_code(request: HttpRequest, token: str, code: str) -> None:
    """Keep the access code for the receipt of the browser that filed, and for no other."""
    _put(request, CODES, token, code)


def code(request: HttpRequest, token: str) -> str:
    """Return the access code of a receipt, if this browser filed the application."""
    return str(request.session.get(CODES, {}).get(token, ""))


def _put(request: HttpRequest, shelf: str, key: str, value: str) -> None:
    kept = {name: old for name, old in request.session.get(shelf, {}).items() if name != key}
    request.session[shelf] = dict([*kept.items(), (key, value)][-MOST:])
