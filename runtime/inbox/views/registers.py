"""The register book, for the region's administrator: read here, or taken away as a file."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from runtime.inbox import registers
from runtime.inbox.access import Officer, administrators
from runtime.look.words import language

log = logging.getLogger("rakit.views")


@require_safe
@administrators
def book(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show the numbers of a year and an office; with `as=csv`, send them as a file, piece by piece."""
    found = registers.book(officer.region, request.GET.dict(), language())
    if request.GET.get("as") != "csv":
        _listed(officer, "register book")
        return render(request, "runtime/inbox/registers.html", {"book": found})
    _listed(officer, "register book as a file")
    response = StreamingHttpResponse(found.file(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="register.csv"'
    response["Cache-Control"] = "no-store"
    return response


def _listed(officer: Officer, what: str) -> None:
    """Note that the officer saw a list with names of people; it is no view of a case."""
    log.info("viewed region=%s officer=%s what=%s", officer.region.key, officer.user.pk, what)
