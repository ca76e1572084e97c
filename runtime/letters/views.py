"""The page that says whether a letter is real: for everybody, without an account."""

from __future__ import annotations

import re
from typing import Any

from axes.helpers import get_client_ip_address
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from runtime.letters import checking
from runtime.modules import site


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Ask for the code that stands in a letter, for people who cannot read its picture."""
    code = re.sub(r"[^A-Za-z0-9]", "", request.GET.get("code", ""))[:60]
    if code:
        return redirect("letters:verify", code=code)
    return render(request, "runtime/letters/find.html")


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Say what is true of the letter; a POST compares a file with it, which is read and not kept."""
    now = timezone.now()
    address = str(get_client_ip_address(request) or "")
    try:
        letter = checking.look_up(site.region(request), code, address=address, now=now)
    except checking.TooManyAttempts:
        return _page(request, {"too_many": True}, status=429)
    given = request.FILES.get("file") if request.method == "POST" else None
    found = checking.digest(given.chunks()) if given else ""
    if letter is None:
        return _page(request, {"code": code})
    told = checking.checked(letter, site.language(), now)
    same = (found == told.sha256) if found else None
    return _page(request, {"code": code, "letter": told, "same": same})


def _page(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    response = render(request, "runtime/letters/verify.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
