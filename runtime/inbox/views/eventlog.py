"""The event log of a service for process mining, for the region's administrator: chosen here, streamed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from runtime.cases import eventlog
from runtime.inbox.access import Officer, administrators
from runtime.inbox.eventlogform import EventLogForm

TYPES = {"xes": "application/xml; charset=utf-8", "csv": "text/csv; charset=utf-8"}


@require_safe
@administrators
def log(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Ask which service, days and form; with an answer, send the file piece by piece."""
    language = (get_language() or "id")[:2]
    form = EventLogForm(request.GET or None, region=officer.region, language=language)
    if not form.is_valid():
        return render(request, "runtime/inbox/eventlog.html", {"form": form})
    wanted = form.cleaned_data
    pieces = eventlog.pieces(
        officer.region,
        wanted["service"],
        wanted["form"],
        language=language,
        since=wanted["since"],
        until=wanted["until"],
    )
    response = StreamingHttpResponse(pieces, content_type=TYPES[wanted["form"]])
    response["Content-Disposition"] = f'attachment; filename="{wanted["service"]}.{wanted["form"]}"'
    response["Cache-Control"] = "no-store"
    return response
