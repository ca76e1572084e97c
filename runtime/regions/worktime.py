"""Working time as a value: opening hours, closed days, and how to count with them.

Pure: knows no rows, no regions and reads no clock. A `Calendar` is what one office goes by; its
`digest` names it, so that whoever computes a deadline can note by which calendar. The day of receipt
is not counted. Working time that would not be over within a century ends after a century, and nothing
ends later than calendars go.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any, Literal
from zoneinfo import ZoneInfo

from schemas.definition import Duration, DurationUnit

Span = tuple[time, time]
Hours = tuple[Span, ...]  # of one day, in order; none: closed
Week = tuple[Hours, ...]  # Monday first

ONE_DAY = timedelta(days=1)
_CENTURY = timedelta(days=36_525)
_TICK = timedelta(microseconds=1)
_LATEST = datetime(9999, 1, 1, tzinfo=UTC)  # no calendar goes further


class Unsound(ValueError):
    """Opening hours nobody can go by; `code` says why: week, span or closed."""

    def __init__(self, code: Literal["week", "span", "closed"]) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Period:
    """Other opening hours from `first` to `last`, both included, as in Ramadan."""

    first: date
    last: date
    week: Week


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a promised time while it stands still; JSON may hold both parts.

    `amount` counts working days for `working_days`, else microseconds (of opening time for
    `working_hours`). Below zero it is always microseconds: the time was over that long before.
    """

    unit: DurationUnit
    amount: int


@dataclass(frozen=True)
class Calendar:
    """The hours of an ordinary week, periods with others, and single days: closed, or worked on.

    `days` says False for a day nobody works on and True for one more working day. Such a day has the
    hours of its weekday, or of the first open weekday when that one is closed. Raises `Unsound` when
    hours make no sense or nobody ever works, so that every count below comes to an end.
    """

    timezone: str
    week: Week
    periods: tuple[Period, ...] = ()
    days: Mapping[date, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for week in (self.week, *(period.week for period in self.periods)):
            judge(week)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The clock on the wall."""
        return ZoneInfo(self.timezone)

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of what the calendar says: equal calendars have equal digests."""
        said = json.dumps(self.as_json(), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(said.encode()).hexdigest()

    def as_json(self) -> dict[str, Any]:
        """Return the calendar as JSON says it."""
        return {
            "timezone": self.timezone,
            "week": week_as_json(self.week),
            "periods": [
                [period.first.isoformat(), period.last.isoformat(), week_as_json(period.week)]
                for period in self.periods
            ],
            "days": {day.isoformat(): works for day, works in sorted(self.days.items())},
        }

    def hours(self, day: date) -> Hours:
        """Return when the offices are open on `day`."""
        works = self.days.get(day)
        if works is False:
            return ()
        week = next((p.week for p in self.periods if p.first <= day <= p.last), self.week)
        return week[day.weekday()] or (_first_open(week) if works else ())

    def is_working_day(self, day: date) -> bool:
        """Tell whether offices work on `day`."""
        return bool(self.hours(day))

    def after(self, start: datetime, duration: Duration) -> datetime:
        """Return the moment, in UTC, when `duration` that began at `start` is over.

        Working days end at closing time; working hours run only while the offices are open; days end
        at the same time of day on the wall clock; minutes are minutes.
        """
        begun = start.astimezone(self.zone)
        match duration.unit:
            case "working_days":
                ends = self._closing_after(begun, duration.amount)
            case "working_hours":
                ends = self._forward(begun, timedelta(hours=duration.amount))
            case "days":
                ends = _later(begun, timedelta(days=duration.amount))
            case "minutes":
                return _later(start.astimezone(UTC), timedelta(minutes=duration.amount))
        return ends.astimezone(UTC)

    def before(self, moment: datetime, duration: Duration) -> datetime:
        """Return the moment, in UTC, from which `duration` is left until `moment`.

        Working days before a moment on a closed day are counted from the closing time before it; what
        comes out lies within opening hours.
        """
        ends = moment.astimezone(self.zone)
        match duration.unit:
            case "working_days":
                begins = self._days_before(ends, duration.amount)
            case "working_hours":
                begins = self._backward(ends, timedelta(hours=duration.amount))
            case "days":
                begins = ends - timedelta(days=duration.amount)
            case "minutes":
                return moment.astimezone(UTC) - timedelta(minutes=duration.amount)
        return begins.astimezone(UTC)

    def remaining(self, at: datetime, due: datetime, unit: DurationUnit) -> Left:
        """Return what is left at `at` of a time promised in `unit` that is over at `due`."""
        if at > due:
            return Left(unit, (due - at) // _TICK)
        if unit == "working_days":
            return Left(unit, self.working_days_between(at, due))
        if unit == "working_hours":
            return Left(unit, self.open_time(at, due) // _TICK)
        return Left(unit, (due - at) // _TICK)

    def resume(self, at: datetime, left: Left) -> datetime:
        """Return when the time is over, in UTC, if `left` of it runs on from `at`.

        Undoes `remaining` at the same moment. No working day left means: today, or the next working
        day when the offices are closed for today.
        """
        begun = at.astimezone(self.zone)
        if left.amount < 0 or left.unit in ("days", "minutes"):
            return _later(at.astimezone(UTC), left.amount * _TICK)
        if left.unit == "working_days":
            return self._closing_after(begun, left.amount).astimezone(UTC)
        return self._forward(begun, left.amount * _TICK).astimezone(UTC)

    def working_days_between(self, start: datetime, end: datetime) -> int:
        """Count the working days after the day of `start` up to the day of `end`; negative when late."""
        first, last = start.astimezone(self.zone).date(), end.astimezone(self.zone).date()
        sign = 1
        if last < first:
            first, last, sign = last, first, -1
        days = (last - first).days
        return sign * sum(self.is_working_day(first + timedelta(days=n)) for n in range(1, days + 1))

    def open_time(self, start: datetime, end: datetime) -> timedelta:
        """Return how long the offices are open from `start` to `end`; nothing when `end` is earlier."""
        begun, ends = start.astimezone(self.zone), end.astimezone(self.zone)
        day, found = begun.date(), timedelta(0)
        while day <= ends.date():
            for opens, closes in self._moments(day):
                found += max(min(closes, ends) - max(opens, begun), timedelta(0))
            day += ONE_DAY
        return found

    def _moments(self, day: date) -> list[tuple[datetime, datetime]]:
        zone = self.zone
        return [
            (datetime.combine(day, opens, zone), datetime.combine(day, closes, zone))
            for opens, closes in self.hours(day)
        ]

    def _closing_after(self, begun: datetime, amount: int) -> datetime:
        """Return the closing time of the working day that is `amount` after the day of `begun`."""
        today = self._moments(begun.date())
        if amount == 0 and today and begun <= today[-1][1]:
            return today[-1][1]
        left, closing = max(amount, 1), begun
        for day in _walk(begun.date(), ONE_DAY):
            if hours := self.hours(day):
                closing = datetime.combine(day, hours[-1][1], self.zone)
                left -= 1
                if not left:
                    break
        return closing

    def _days_before(self, ends: datetime, amount: int) -> datetime:
        clock = ends.time() if self.hours(ends.date()) else time.max
        left, found = amount + (clock == time.max), ends
        for day in _walk(ends.date(), -ONE_DAY):
            if hours := self.hours(day):
                within = min(max(clock, hours[0][0]), hours[-1][1])
                found = datetime.combine(day, within, self.zone)
                left -= 1
                if not left:
                    break
        return found

    def _forward(self, begun: datetime, left: timedelta) -> datetime:
        ends = begun
        for day in _walk(begun.date() - ONE_DAY, ONE_DAY):
            for opens, closes in self._moments(day):
                opens = max(opens, begun)
                room = closes - opens
                if timedelta(0) <= room and left <= room:
                    return opens + left
                ends = max(ends, closes)
                left -= max(room, timedelta(0))
        return ends

    def _backward(self, ends: datetime, left: timedelta) -> datetime:
        begins = ends
        for day in _walk(ends.date() + ONE_DAY, -ONE_DAY):
            for opens, closes in reversed(self._moments(day)):
                closes = min(closes, ends)
                room = closes - opens
                if timedelta(0) <= room and left <= room:
                    return closes - left
                begins = min(begins, opens)
                left -= max(room, timedelta(0))
        return begins


def judge(week: Week) -> Week:
    """Return `week` if somebody can go by it; raise `Unsound` otherwise."""
    if len(week) != 7:
        raise Unsound("week")
    for hours in week:
        moments = [moment for span in hours for moment in span]
        if any(later <= earlier for earlier, later in itertools.pairwise(moments)):
            raise Unsound("span")
    if not any(week):
        raise Unsound("closed")
    return week


def week_as_json(week: Week) -> list[list[list[str]]]:
    """Return opening hours as JSON holds them: [[["07:30", "12:00"], …], …], Monday first."""
    return [[[f"{opens:%H:%M}", f"{closes:%H:%M}"] for opens, closes in hours] for hours in week]


def week_from_json(said: Any) -> Week:
    """Return the opening hours that `week_as_json` wrote."""
    return tuple(
        tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in hours)
        for hours in said
    )


def _first_open(week: Week) -> Hours:
    return next(hours for hours in week if hours)


def _later(moment: datetime, span: timedelta) -> datetime:
    try:
        return min(moment + span, _LATEST)
    except OverflowError:
        return _LATEST


def _walk(day: date, step: timedelta) -> Iterator[date]:
    """Yield the days after `day` (before it, if `step` is negative), for a century at most."""
    for _ in range(_CENTURY.days):
        try:
            day += step
        except OverflowError:
            return
        yield day
