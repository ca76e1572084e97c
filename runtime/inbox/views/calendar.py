"""The working calendar of a region and its offices, for the administrator: days, hours, periods.

Every change is first shown with what it does to open cases, and made when that was confirmed.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from runtime.cases import recalculating
from runtime.inbox import calendarchanges as changes
from runtime.inbox.access import Officer, administrators
from runtime.inbox.calendarchanges import Asked, Change, Place
from runtime.inbox.calendarforms import YearForm
from runtime.regions import calendar as clock
from runtime.regions import calendars, yearbook
from runtime.regions import selectors as regions
from runtime.regions.refused import Refused

COUNTED = 1000  # a change that moves more deadlines than these is said to move more than these
_NOT_ASKED = ("csrfmiddlewaretoken", "confirm")


@require_safe
@administrators
def calendar(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show a year of the region's calendar, or of one of its offices."""
    place = _place(officer, request.GET.get("office"))
    form = YearForm(request.GET)
    year = (form.is_valid() and form.cleaned_data["year"]) or place.this_year
    context = {
        "book": yearbook.of(officer.region, place.office, year),
        "whole": place.office.pk == officer.region.pk,
        "offices": regions.workplaces(officer.region),
        "years": sorted({*range(place.this_year - 1, place.this_year + 4), year}),
    }
    return render(request, "runtime/inbox/calendar.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def day(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Ask for a day off or an extra working day."""
    return _edit(request, officer, changes.day, "calendar_day")


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def hours(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Ask for the opening hours of an ordinary week."""
    return _edit(request, officer, changes.hours, "calendar_hours")


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def period(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Ask for a period with other opening hours."""
    return _edit(request, officer, changes.period, "calendar_period")


@require_POST
@administrators
def seed(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Copy the national days of a year into the region's calendar."""
    place = _place(officer, None)
    change = changes.seed(place, request.POST.get("year", ""))
    return _decide(request, place, change)


def _place(officer: Officer, office: str | None) -> Place:
    this_year = clock.local(timezone.now(), officer.region).year
    return Place(officer, changes.office_of(officer, office), this_year)


def _edit(request: HttpRequest, officer: Officer, ask: Callable[..., Asked], name: str) -> HttpResponse:
    posted = request.method == "POST"
    given = request.POST if posted else request.GET
    place = _place(officer, given.get("office"))
    try:
        asked = ask(place, given, posted=posted)
    except changes.Gone:
        messages.warning(request, _("Somebody has changed the calendar meanwhile. Look at it once more."))
        return HttpResponseRedirect(f"{reverse('inbox:calendar')}?office={place.office.pk}")
    show = partial(render, request, f"runtime/inbox/{name}.html")
    context = {"form": asked.form, "office": place.office, **asked.shown}
    if asked.change is None:
        return show(context, status=422 if asked.form.is_bound else 200)
    try:
        return _decide(request, place, asked.change)
    except Refused as refused:
        return show(context | {"refused": refused.sentence}, status=422)


def _decide(request: HttpRequest, place: Place, change: Change) -> HttpResponse:
    """Make the change when it was confirmed, else show what it does to open cases."""
    region = place.officer.region
    if request.POST.get("confirm"):
        change.make()
        messages.success(request, change.said)
        query = {"year": change.year, "office": place.office.pk}
        return HttpResponseRedirect(f"{reverse('inbox:calendar')}?{urlencode(query)}")
    found = recalculating.differing(region, calendars.tried(region, change.make))
    moved = sum(1 for _moved in itertools.islice(found, COUNTED + 1))
    context = {
        "change": change,
        "moved": min(moved, COUNTED),
        "more": moved > COUNTED,
        "given": [(name, value) for name, value in request.POST.items() if name not in _NOT_ASKED],
        "place": place,
    }
    return render(request, "runtime/inbox/calendar_check.html", context)
