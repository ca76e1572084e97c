"""A year of an office's calendar as a list: each day that differs, where it comes from, whether it counts.

Reads the calendars of `calendar.shelf`; for the administrator's page and the command line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from runtime.regions import calendar, national
from runtime.regions.calendar import Shelf
from runtime.regions.models import CalendarDay, Region, WorkingHours
from runtime.regions.worktime import Week, week_from_json


@dataclass(frozen=True, slots=True)
class Entry:
    """One day. `place` is None where the national list was not written down yet.

    `counts` is False for a day on which a nearer office decides, and for one that was taken away.
    """

    day: date
    kind: str
    name: str
    source: str
    place: Region | None
    own: bool
    tentative: bool = False
    counts: bool = True
    removed: bool = False

    @property
    def kind_title(self) -> str:
        """What kind of day it is, in words."""
        return str(CalendarDay.Kind(self.kind).label)


@dataclass(frozen=True, slots=True)
class Month:
    """A month with its entries and the number of its working days."""

    first: date
    entries: tuple[Entry, ...]
    working_days: int


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours and whose they are; `place` is None for those of the state."""

    week: Week
    place: Region | None
    own: bool
    row: WorkingHours | None = None


@dataclass(frozen=True, slots=True)
class Year:
    """All that can be said about one year of one office."""

    year: int
    office: Region
    copied: bool
    months: tuple[Month, ...]
    usual: Hours
    periods: tuple[Hours, ...]

    @property
    def has_leave(self) -> bool:
        """Whether collective leave is known for the year."""
        return any(e.kind == CalendarDay.Kind.LEAVE for month in self.months for e in month.entries)


def of(region: Region, office: Region, year: int) -> Year:
    """Return `year` as `office` of `region` goes by it."""
    shelf = calendar.shelf(region)
    chain = [region] if office.pk == region.pk else office.ancestors()
    found: dict[int, list[Entry]] = {}
    for entry in sorted(_entries(shelf, chain, year), key=lambda entry: entry.day):
        found.setdefault(entry.day.month, []).append(entry)
    works = shelf.calendar(office).is_working_day
    months = tuple(
        Month(date(year, n, 1), tuple(found.get(n, ())), sum(map(works, _days(year, n))))
        for n in range(1, 13)
    )
    usual, periods = _hours(shelf, chain, year)
    return Year(year, office, shelf.copied(year), months, usual, periods)


def own_day(region: Region, office: Region, day: date) -> CalendarDay | None:
    """Return the entry that `office` itself has for `day`."""
    found: CalendarDay | None = CalendarDay.objects.filter(
        region=region, office=office, day=day, removed=False
    ).first()
    return found


def own_period(region: Region, office: Region, pk: int) -> WorkingHours | None:
    """Return the period `pk` if it is one of `office`."""
    found: WorkingHours | None = WorkingHours.objects.filter(
        region=region, office=office, pk=pk, first_on__isnull=False
    ).first()
    return found


def _entries(shelf: Shelf, chain: list[Region], year: int) -> Iterator[Entry]:
    decided: set[date] = set()
    for n, place in enumerate(chain):
        here = set()
        for row in shelf.days.get(place.pk, ()):
            if row.day.year != year or (row.removed and n):
                continue
            counts = not row.removed and row.day not in decided
            here |= {row.day} if counts else set()
            yield Entry(
                *(row.day, row.kind, row.name, row.source, place, not n),
                tentative=row.tentative,
                counts=counts,
                removed=row.removed,
            )
        decided |= here
    if not shelf.copied(year):
        for day in national.days(year):
            counts = day.day not in decided
            yield Entry(day.day, day.kind, day.name, "", None, False, tentative=day.tentative, counts=counts)


def _hours(shelf: Shelf, chain: list[Region], year: int) -> tuple[Hours, tuple[Hours, ...]]:
    periods: list[Hours] = []
    for n, place in enumerate(chain):
        usual = None
        for row in shelf.hours.get(place.pk, ()):
            hours = Hours(week_from_json(row.week), place, not n, row)
            if row.first_on is None or row.last_on is None:
                usual = hours
            elif row.first_on.year <= year <= row.last_on.year:
                periods.append(hours)
        if usual:
            return usual, tuple(periods)
    return Hours(national.USUAL, None, False), tuple(periods)


def _days(year: int, month: int) -> Iterator[date]:
    day = date(year, month, 1)
    while day.month == month:
        yield day
        day += timedelta(days=1)
