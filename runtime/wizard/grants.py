"""Which cases and drafts this browser has proved to be its own. Kept in the session, for a limited time."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse

CASES = "cases"
DRAFTS = "drafts"
CODES = "codes"
CASE_LIFE = timedelta(hours=4)
MOST = 20
SHARED = "shared_phone"  # read by the page's script as well, which keeps nothing where it is set
SHARED_LIFE = timedelta(days=365)


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


def is_shared(request: HttpRequest) -> bool:
    """Say whether somebody has marked this browser as used by several people."""
    return request.COOKIES.get(SHARED) == "1"


def share(request: HttpRequest, response: HttpResponse, *, on: bool) -> None:
    """Mark this browser as shared: it offers no draft, and forgets who uses it when it is closed."""
    if not on:
        response.delete_cookie(SHARED, samesite="Lax")
        return
    secure = request.is_secure()
    response.set_cookie(SHARED, "1", max_age=SHARED_LIFE, samesite="Lax", secure=secure)
    request.session.pop(DRAFTS, None)
    request.session.set_expiry(0)


def remember_draft(request: HttpRequest, token: str, *, now: datetime) -> None:
    """Let the front page offer the draft again in this browser, unless several people use it."""
    if is_shared(request):
        request.session.set_expiry(0)
        return
    _put(request, DRAFTS, token, now.isoformat())


def draft_tokens(request: HttpRequest) -> list[str]:
    """Return the drafts begun in this browser, latest first; none where several people use it."""
    if is_shared(request):
        return []
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
