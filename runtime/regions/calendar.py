"""The working calendar of a region or one of its offices, put together from what is written down.

An office goes by its own days on top of those of the offices above it, up to the region; the nearest
office that has opening hours of its own decides on those. What nobody wrote down is the state's:
`national`. Reads no clock. Whoever computes many moments takes the `Calendar` of `of()` itself.

Calendars are kept in this process under the region's `calendar_mark`, which every change draws anew:
a region that was read after a change has the new mark, so no process goes on with an old calendar.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from runtime.regions import national
from runtime.regions.models import CalendarDay, WorkingHours
from runtime.regions.worktime import Calendar, Period, week_from_json
from schemas.definition import Duration

if TYPE_CHECKING:
    from runtime.regions.models import Region

KEPT = 256  # regions whose calendars one process keeps
_kept: OrderedDict[tuple[int, str, str], Shelf] = OrderedDict()


@dataclass(frozen=True)
class Shelf:
    """All calendars of one region: what is written down for it and its offices, at one moment."""

    timezone: str
    top: int
    days: dict[int, tuple[CalendarDay, ...]] = field(default_factory=dict)
    hours: dict[int, tuple[WorkingHours, ...]] = field(default_factory=dict)
    _made: dict[tuple[int, ...], Calendar] = field(default_factory=dict, compare=False)
    _chains: dict[tuple[int, int | None], tuple[int, ...]] = field(default_factory=dict, compare=False)

    def calendar(self, office: Region | None = None) -> Calendar:
        """Return what `office` goes by; without one, what the region does."""
        chain = self.chain(office) if self.days or self.hours else ()
        relevant = tuple(place for place in chain if place in self.days or place in self.hours)
        if relevant not in self._made:
            self._made[relevant] = self._put_together(relevant)
        return self._made[relevant]

    def chain(self, office: Region | None) -> tuple[int, ...]:
        """Return the ids of the office and of those above it, nearest first, ending with the region."""
        if office is None or office.pk == self.top:
            return (self.top,)
        known = office.pk, office.parent_id
        if known not in self._chains:
            self._chains[known] = tuple(place.pk for place in office.ancestors())
        return self._chains[known]

    def copied(self, year: int) -> bool:
        """Tell whether the national days of `year` were written down for the region."""
        return any(row.seeded and row.day.year == year for row in self.days.get(self.top, ()))

    def _put_together(self, chain: Sequence[int]) -> Calendar:
        days = self._national()
        for place in reversed(chain):
            rows = [row for row in self.days.get(place, ()) if not row.removed]
            days |= {row.day: row.kind == CalendarDay.Kind.WORKING for row in rows}
        week, periods = national.USUAL, []
        for place in chain:
            rows_ = self.hours.get(place, ())
            periods += [
                Period(row.first_on, row.last_on, week_from_json(row.week))
                for row in rows_
                if row.first_on and row.last_on
            ]
            if usual := [row for row in rows_ if row.first_on is None]:
                week = week_from_json(usual[0].week)
                break
        return Calendar(self.timezone, week, tuple(periods), days)

    def _national(self) -> dict[date, bool]:
        """Return the days off of the years that nobody has written down yet."""
        years = range(national.FIRST_YEAR, national.LAST_YEAR + 1)
        written = {row.day.year for row in self.days.get(self.top, ()) if row.seeded}
        return {day.day: False for year in years if year not in written for day in national.days(year)}


def of(region: Region, office: Region | None = None) -> Calendar:
    """Return the calendar of `office`, an office of `region`; without one, that of `region`."""
    return shelf(region).calendar(office)


def shelf(region: Region) -> Shelf:
    """Return the calendars of `region` and its offices; reads rows only after a change, in its scope."""
    if not region.calendar_mark:
        return _untouched(region.timezone)
    key = region.pk, region.calendar_mark, region.timezone
    found = _kept.get(key)
    if found is None:
        found = _kept[key] = read(region)
        if len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found


def read(region: Region) -> Shelf:
    """Return the calendars of `region` as its rows are now, past everything that is kept."""
    days: dict[int, list[CalendarDay]] = {}
    for row in CalendarDay.objects.filter(region=region).order_by("day"):
        days.setdefault(row.office_id, []).append(row)
    hours: dict[int, list[WorkingHours]] = {}
    for row in WorkingHours.objects.filter(region=region).order_by("first_on", "pk"):
        hours.setdefault(row.office_id, []).append(row)
    return Shelf(
        region.timezone,
        region.pk,
        {place: tuple(rows) for place, rows in days.items()},
        {place: tuple(rows) for place, rows in hours.items()},
    )


def zone(region: Region) -> ZoneInfo:
    """Return the time zone of `region`."""
    return ZoneInfo(region.timezone)


def local(moment: datetime, region: Region) -> datetime:
    """Return `moment` on the clock of `region`."""
    return moment.astimezone(zone(region))


def due_at(start: datetime, duration: Duration, region: Region, office: Region | None = None) -> datetime:
    """Return the moment, in UTC, when `duration` that began at `start` is over; see `Calendar.after`."""
    return of(region, office).after(start, duration)


def working_days_between(start: datetime, end: datetime, region: Region, office: Region | None = None) -> int:
    """Count the working days after the day of `start` up to the day of `end`; negative when late."""
    return of(region, office).working_days_between(start, end)


@lru_cache(maxsize=64)
def _untouched(timezone: str) -> Shelf:
    return Shelf(timezone, 0)
