"""What an administrator asks to change in a calendar: the form, and the change it would make, in words.

Makes nothing itself: `Change.make` does, once the consequences were seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from django.forms import Form
from django.http import Http404
from django.utils.translation import gettext as _

from runtime.inbox.access import Officer
from runtime.inbox.calendarforms import DayForm, PeriodForm, WeekForm
from runtime.look import words
from runtime.regions import calendars, national, yearbook
from runtime.regions import selectors as regions
from runtime.regions.models import CalendarDay, Region, WorkingHours
from runtime.regions.worktime import Week


class Gone(Exception):
    """What was to be changed is no longer there."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change to be looked at and then made. `said` is the sentence about it, `year` where to go on."""

    said: str
    make: Callable[[], object]
    year: int
    week: Week | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A page that asks: its form, what was asked for if anything sound was, and what else it shows."""

    form: Form
    change: Change | None
    shown: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """Whose calendar is changed, by whom, in which year it is."""

    officer: Officer
    office: Region
    this_year: int

    @property
    def common(self) -> dict[str, Any]:
        return {"region": self.officer.region, "office": self.office, "by": self.officer.user}

    @property
    def own(self) -> tuple[Region, Region]:
        return self.officer.region, self.office


def office_of(officer: Officer, pk: str | None) -> Region:
    """Return the office `pk` of the region, the region itself without one; 404 for any other."""
    if not pk:
        return officer.region
    found = regions.workplaces(officer.region).filter(pk=pk).first() if _is_id(pk) else None
    if found is None:
        raise Http404
    return found


def day(place: Place, given: Mapping[str, str], *, posted: bool) -> Asked:
    """Ask for a day; an entry that exists can be changed, moved or taken away."""
    was = _entry(place, given.get("was"))
    removing = posted and was is not None and given.get("do") == "remove"
    suggested = DayForm.of(was) if was else {"day": given.get("day")}
    form = DayForm(given if posted and not removing else None, initial=suggested)
    change = None
    if removing and was:
        said = _("%(day)s, %(name)s, is taken out of the calendar of %(office)s.")
        named = {"day": words.long_day(was.day), "name": was.name, "office": place.office.name}
        make = partial(calendars.take_day, day=was.day, **place.common)
        change = Change(said % named, make, was.day.year)
    elif form.is_valid():
        new = form.new()
        said = _("%(day)s, %(name)s, is in the calendar of %(office)s. Kind of day: %(kind)s.")
        named = {"day": words.long_day(new.day), "name": new.name, "office": place.office.name}
        named["kind"] = str(CalendarDay.Kind(new.kind).label)
        instead_of = was.day if was else None
        put = partial(calendars.put_day, new=new, instead_of=instead_of, **place.common)
        change = Change(said % named, put, new.day.year)
    return Asked(form, change, {"was": was})


def hours(place: Place, given: Mapping[str, str], *, posted: bool) -> Asked:
    """Ask for the opening hours of an ordinary week; an office's own ones can be given up again."""
    usual = yearbook.of(*place.own, place.this_year).usual
    dropping = posted and usual.own and given.get("do") == "drop"
    source = usual.row.source if usual.row and usual.own else ""
    week = national.USUAL if given.get("fill") == "state" else usual.week
    form = WeekForm(
        given if posted and not dropping else None, initial=WeekForm.of(week) | {"source": source}
    )
    change, office = None, place.office.name
    if dropping:
        said = _("%(office)s gives up its own opening hours and follows the office above it again.")
        make = partial(calendars.drop_week, **place.common)
        change = Change(said % {"office": office}, make, place.this_year)
    elif form.is_valid():
        week, source = form.cleaned_data["week"], form.cleaned_data["source"]
        make = partial(calendars.set_week, week=week, source=source, **place.common)
        said = _("%(office)s has these opening hours.")
        change = Change(said % {"office": office}, make, place.this_year, week)
    return Asked(form, change, {"usual": usual})


def period(place: Place, given: Mapping[str, str], *, posted: bool) -> Asked:
    """Ask for a period with other hours; one that exists can be changed or taken away."""
    was = _period(place, given.get("was"))
    removing = posted and was is not None and given.get("do") == "remove"
    year = given.get("year", "")
    suggested = PeriodForm.of_ramadan(int(year) if year.isdecimal() and len(year) == 4 else place.this_year)
    initial = PeriodForm.of_row(was) if was else suggested
    form = PeriodForm(given if posted and not removing else None, initial=initial)
    change = None
    if removing and was and was.first_on:
        said = _("The hours of “%(name)s” no longer apply in %(office)s.")
        make = partial(calendars.take_period, pk=was.pk, **place.common)
        named = {"name": was.name, "office": place.office.name}
        change = Change(said % named, make, was.first_on.year)
    elif form.is_valid():
        new = form.new()
        said = _("From %(first)s to %(last)s these hours apply in %(office)s: %(name)s.")
        named = {"first": words.long_day(new.first), "last": words.long_day(new.last)}
        named |= {"name": new.name, "office": place.office.name}
        put = partial(calendars.put_period, new=new, pk=was.pk if was else None, **place.common)
        change = Change(said % named, put, new.first.year, new.week)
    return Asked(form, change, {"was": was})


def seed(place: Place, year: str) -> Change:
    """Return the copying of the national days of `year`; 404 for what is no year of calendars."""
    if not year.isdecimal() or not national.FIRST_YEAR <= int(year[:5]) <= national.LAST_YEAR:
        raise Http404
    region, by = place.officer.region, place.officer.user
    said = _("The national holidays and the collective leave of %(year)s are in the calendar of %(region)s.")
    make = partial(calendars.seed, region=region, year=int(year), by=by)
    return Change(said % {"year": int(year), "region": region.name}, make, int(year))


def _entry(place: Place, said: str | None) -> CalendarDay | None:
    if not said:
        return None
    try:
        wanted = date.fromisoformat(said)
    except ValueError:
        raise Http404 from None
    found = yearbook.own_day(*place.own, wanted)
    if found is None:
        raise Gone
    return found


def _period(place: Place, pk: str | None) -> WorkingHours | None:
    if not pk:
        return None
    found = yearbook.own_period(*place.own, int(pk)) if _is_id(pk) else None
    if found is None:
        raise Gone
    return found


def _is_id(said: str) -> bool:
    return said.isascii() and said.isdecimal() and len(said) <= 18
