"""The working calendar of a region: when a promised time is over, and how much of it is left.

Working days are Monday to Friday without Indonesia's national days and collective leave (the
`public` and `government` categories of the `holidays` package); office hours are 08.00–16.00 in the
region's own time zone. Days are counted from the day after (the day of receipt is not counted).
Knows no cases and reads no clock.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import holidays

from schemas.definition import Duration

if TYPE_CHECKING:
    from runtime.regions.models import Region

OPENS = time(8)
CLOSES = time(16)
_SATURDAY = 5
_CATEGORIES = (holidays.PUBLIC, holidays.GOVERNMENT)


def zone(region: Region) -> ZoneInfo:
    """Return the time zone of `region`."""
    return ZoneInfo(region.timezone)


def local(moment: datetime, region: Region) -> datetime:
    """Return `moment` on the clock of `region`."""
    return moment.astimezone(zone(region))


def is_working_day(day: date) -> bool:
    """Tell whether offices work on `day`."""
    return day.weekday() < _SATURDAY and day not in _holidays(day.year)


def due_at(start: datetime, duration: Duration, region: Region) -> datetime:
    """Return the moment, in UTC, when `duration` that began at `start` is over in `region`.

    Working days end at closing time; working hours run only while the offices are open; days end
    at the same time of day on the wall clock; minutes are minutes.
    """
    begun = local(start, region)
    match duration.unit:
        case "working_days":
            last = _working_day_after(begun.date(), duration.amount)
            ends = datetime.combine(last, CLOSES, begun.tzinfo)
        case "working_hours":
            ends = _after_hours(begun, timedelta(hours=duration.amount))
        case "days":
            day = begun.date() + timedelta(days=duration.amount)
            ends = datetime.combine(day, begun.time(), begun.tzinfo)
        case "minutes":
            return start.astimezone(UTC) + timedelta(minutes=duration.amount)
    return ends.astimezone(UTC)


def working_days_between(start: datetime, end: datetime, region: Region) -> int:
    """Count the working days after the day of `start` up to the day of `end`; negative when late."""
    first, last = local(start, region).date(), local(end, region).date()
    sign = 1
    if last < first:
        first, last, sign = last, first, -1
    days = (last - first).days
    return sign * sum(is_working_day(first + timedelta(days=n)) for n in range(1, days + 1))


def _working_day_after(day: date, amount: int) -> date:
    while amount > 0:
        day += timedelta(days=1)
        amount -= is_working_day(day)
    return day


def _after_hours(begun: datetime, left: timedelta) -> datetime:
    day = begun.date()
    while True:
        if is_working_day(day):
            opens = max(begun, datetime.combine(day, OPENS, begun.tzinfo))
            room = datetime.combine(day, CLOSES, begun.tzinfo) - opens
            if room > timedelta(0) and left <= room:
                return opens + left
            left -= max(room, timedelta(0))
        day += timedelta(days=1)


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("ID", years=year, categories=_CATEGORIES))
