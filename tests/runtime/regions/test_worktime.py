"""Counting with working time: its laws, tried on random calendars in all three time zones."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runtime.regions import national
from runtime.regions.worktime import (
    Calendar,
    Left,
    Period,
    Unsound,
    Week,
    week_as_json,
    week_from_json,
)
from schemas.definition import Duration, DurationUnit

ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
JAKARTA = ZoneInfo("Asia/Jakarta")
WORKING: tuple[DurationUnit, ...] = ("working_days", "working_hours")
UNITS: tuple[DurationUnit, ...] = (*WORKING, "days", "minutes")
CLOSED: Week = ((),) * 7
ONE = timedelta(microseconds=1)

FIRST, LAST = date(2025, 11, 1), date(2027, 3, 1)
dates = st.dates(FIRST, LAST)
clocks = st.times(timezones=st.sampled_from([ZoneInfo(zone) for zone in ZONES]))
moments = st.builds(datetime.combine, dates, clocks)
units = st.sampled_from(UNITS)
amounts = st.integers(1, 40)


@st.composite
def hours(draw: st.DrawFn) -> tuple[tuple[time, time], ...]:
    marks = sorted(draw(st.sets(st.integers(0, 287), min_size=0, max_size=4)))
    times = [time(mark // 12, mark % 12 * 5) for mark in marks]
    return tuple(zip(times[::2], times[1::2], strict=False))


weeks = st.tuples(*[hours()] * 7).filter(any)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    periods = []
    for first, last in draw(st.lists(st.tuples(dates, st.integers(0, 40)), max_size=2)):
        periods.append(Period(first, first + timedelta(days=last), draw(weeks)))
    return Calendar(
        draw(st.sampled_from(ZONES)),
        draw(weeks),
        tuple(periods),
        draw(st.dictionaries(dates, st.booleans(), max_size=30)),
    )


def office(**values: object) -> Calendar:
    days = {day.day: False for year in (2025, 2026, 2027) for day in national.days(year)}
    return Calendar(**({"timezone": "Asia/Jakarta", "week": national.USUAL, "days": days} | values))  # type: ignore[arg-type]


def at(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=JAKARTA)


class TestAfter:
    @given(calendars(), moments, units, amounts)
    def test_lies_behind_its_start(self, cal: Calendar, start: datetime, unit: DurationUnit, n: int) -> None:
        ends = cal.after(start, Duration(n, unit))
        assert ends > start
        assert ends.tzinfo is UTC

    @given(calendars(), moments, st.sampled_from(WORKING), amounts)
    def test_of_working_time_never_falls_on_a_closed_day(
        self, cal: Calendar, start: datetime, unit: DurationUnit, n: int
    ) -> None:
        ends = cal.after(start, Duration(n, unit)).astimezone(cal.zone)
        assert any(opens <= ends.time() <= closes for opens, closes in cal.hours(ends.date()))

    @given(calendars(), moments, moments, units, amounts)
    def test_keeps_the_order_of_starts(
        self, cal: Calendar, one: datetime, two: datetime, unit: DurationUnit, n: int
    ) -> None:
        first, second = sorted((one, two))
        assert cal.after(first, Duration(n, unit)) <= cal.after(second, Duration(n, unit))

    @given(calendars(), moments, units, amounts, amounts)
    def test_adds_up(self, cal: Calendar, start: datetime, unit: DurationUnit, one: int, two: int) -> None:
        halfway = cal.after(start, Duration(one, unit))
        assert cal.after(halfway, Duration(two, unit)) == cal.after(start, Duration(one + two, unit))

    @given(calendars(), moments, amounts)
    def test_counts_what_it_says(self, cal: Calendar, start: datetime, n: int) -> None:
        assert cal.working_days_between(start, cal.after(start, Duration(n, "working_days"))) == n
        assert cal.open_time(start, cal.after(start, Duration(n, "working_hours"))) == timedelta(hours=n)

    @given(calendars(), moments, dates, st.sampled_from(WORKING), amounts)
    def test_comes_no_earlier_for_one_more_day_off(
        self, cal: Calendar, start: datetime, off: date, unit: DurationUnit, n: int
    ) -> None:
        more = Calendar(cal.timezone, cal.week, cal.periods, {**cal.days, off: False})
        assert more.after(start, Duration(n, unit)) >= cal.after(start, Duration(n, unit))

    def test_goes_over_the_end_of_a_year(self) -> None:
        assert office().after(at(12, 31, 15), Duration(1, "working_days")) == at(1, 4, 16, year=2027)
        assert office().after(at(12, 31, 15), Duration(2, "working_hours")) == at(1, 4, 8, 30, year=2027)

    def test_goes_by_the_hours_of_ramadan(self) -> None:
        cal = office(periods=(Period(date(2026, 2, 19), date(2026, 3, 20), national.RAMADAN),))
        assert cal.after(at(2, 18, 15, 30), Duration(1, "working_hours")) == at(2, 19, 8, 30)
        assert cal.after(at(2, 18, 9), Duration(1, "working_days")) == at(2, 19, 15)
        assert cal.after(at(3, 17, 14), Duration(2, "working_hours")) == at(3, 25, 8, 30)

    def test_works_on_an_extra_day_by_the_hours_of_a_weekday(self) -> None:
        saturday = date(2026, 11, 28)
        cal = office(days={saturday: True})
        assert cal.after(at(11, 27, 10), Duration(1, "working_days")) == at(11, 28, 16)
        assert office(days={}).after(at(11, 27, 10), Duration(1, "working_days")) == at(11, 30, 16)

    @pytest.mark.parametrize("unit", UNITS)
    def test_comes_to_an_end_however_long(self, unit: DurationUnit) -> None:
        minute_a_week = Calendar("Asia/Jakarta", (((time(9), time(9, 1)),), *((),) * 6))
        start = at(11, 24, 9)
        assert start < minute_a_week.after(start, Duration(100_000, unit)) < at(1, 1, 0, year=2400)
        assert start > minute_a_week.before(start, Duration(100_000, unit))


class TestTheEndOfTime:
    @pytest.mark.parametrize("unit", UNITS)
    def test_is_as_far_as_anything_goes(self, unit: DurationUnit) -> None:
        works = Calendar("Asia/Jayapura", national.USUAL)
        moment = datetime(9990, 3, 2, 9, tzinfo=UTC)
        for _ in range(3):
            moment = works.after(moment, Duration(100_000, unit))
            assert 9990 <= moment.year <= 9999
        assert works.resume(moment, Left(unit, 10**17)).year == 9999


class TestBefore:
    @given(calendars(), moments, amounts)
    def test_leaves_what_it_says(self, cal: Calendar, due: datetime, n: int) -> None:
        assert cal.working_days_between(cal.before(due, Duration(n, "working_days")), due) == n
        assert cal.open_time(cal.before(due, Duration(n, "working_hours")), due) == timedelta(hours=n)

    @given(calendars(), moments, moments, units, amounts)
    def test_keeps_the_order(
        self, cal: Calendar, one: datetime, two: datetime, unit: DurationUnit, n: int
    ) -> None:
        first, second = sorted((one, two))
        assert cal.before(first, Duration(n, unit)) <= cal.before(second, Duration(n, unit))

    @given(calendars(), moments, st.sampled_from(WORKING), amounts)
    def test_lies_in_opening_hours(self, cal: Calendar, due: datetime, unit: DurationUnit, n: int) -> None:
        begins = cal.before(due, Duration(n, unit)).astimezone(cal.zone)
        spans = cal.hours(begins.date())
        assert spans
        assert spans[0][0] <= begins.time() <= spans[-1][1]

    def test_counts_two_working_days_back_over_a_weekend(self) -> None:
        assert office().before(at(12, 1, 16), Duration(2, "working_days")) == at(11, 27, 16)
        assert office().before(at(11, 30, 8), Duration(1, "working_hours")) == at(11, 27, 16)


class TestRemaining:
    @given(calendars(), moments, units, amounts, st.floats(0, 1))
    def test_undone_at_once_changes_nothing(
        self, cal: Calendar, start: datetime, unit: DurationUnit, n: int, part: float
    ) -> None:
        due = cal.after(start, Duration(n, unit))
        for pause in (start, start + (due - start) * part, due, due + ONE, due + timedelta(days=9)):
            assert cal.resume(pause, cal.remaining(pause, due, unit)) == due

    @given(calendars(), moments, moments, units, amounts)
    def test_gives_no_time_away_and_takes_none(
        self, cal: Calendar, start: datetime, later: datetime, unit: DurationUnit, n: int
    ) -> None:
        start, later = sorted((start, later))
        due = cal.after(start, Duration(n, unit))
        left = cal.remaining(start, due, unit)
        resumed = cal.resume(later, left)
        assert resumed >= due
        assert cal.remaining(later, resumed, unit) == left

    @given(calendars(), moments, moments, units, amounts)
    def test_grows_less_with_time(
        self, cal: Calendar, one: datetime, two: datetime, unit: DurationUnit, n: int
    ) -> None:
        first, second = sorted((one, two))
        due = cal.after(first, Duration(n, unit))
        assert cal.remaining(second, due, unit).amount <= cal.remaining(first, due, unit).amount

    def test_stands_still_over_a_holiday_while_the_applicant_is_asked(self) -> None:
        cal = office()
        due = cal.after(at(12, 21, 9), Duration(3, "working_days"))  # Tuesday, Wednesday, Monday
        assert due == at(12, 28, 16)
        left = cal.remaining(at(12, 22, 10), due, "working_days")
        assert left == Left("working_days", 2)
        assert cal.resume(at(12, 28, 9), left) == at(12, 30, 16)

    def test_of_nothing_ends_with_the_day_or_the_next_working_day(self) -> None:
        nothing = Left("working_days", 0)
        assert office().resume(at(11, 24, 9), nothing) == at(11, 24, 16)
        assert office().resume(at(11, 24, 17), nothing) == at(11, 25, 16)
        assert office().resume(at(11, 28, 9), nothing) == at(11, 30, 16)

    def test_keeps_a_case_as_late_as_it_was(self) -> None:
        late = office().remaining(at(11, 24, 18), at(11, 24, 16), "working_days")
        assert office().resume(at(12, 1, 12), late) == at(12, 1, 10)


class TestCalendar:
    @given(calendars())
    @settings(max_examples=30)
    def test_has_the_digest_of_what_it_says(self, cal: Calendar) -> None:
        again = Calendar(
            cal.timezone,
            week_from_json(week_as_json(cal.week)),
            tuple(cal.periods),
            dict(reversed(cal.days.items())),
        )
        assert again.digest == cal.digest
        other = {**cal.days, date(2028, 1, 3): False}
        assert Calendar(cal.timezone, cal.week, cal.periods, other).digest != cal.digest

    def test_says_the_same_moment_in_three_zones(self) -> None:
        start = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)  # the 24th has begun in Jayapura only
        ends = [office(timezone=zone).after(start, Duration(1, "working_days")) for zone in ZONES]
        assert [moment.hour for moment in ends] == [9, 8, 7]
        assert [moment.day for moment in ends] == [24, 24, 25]

    @pytest.mark.parametrize(
        ("week", "code"),
        [
            (CLOSED, "closed"),
            (national.USUAL[:6], "week"),
            ((((time(9), time(8)),), *CLOSED[1:]), "span"),
            ((((time(9), time(9)),), *CLOSED[1:]), "span"),
            ((((time(8), time(12)), (time(11), time(16))), *CLOSED[1:]), "span"),
        ],
    )
    def test_refuses_hours_nobody_can_go_by(self, week: Week, code: str) -> None:
        with pytest.raises(Unsound) as refused:
            Calendar("Asia/Jakarta", week)
        assert refused.value.code == code
        with pytest.raises(Unsound):
            Calendar("Asia/Jakarta", national.USUAL, (Period(date(2026, 1, 1), date(2026, 1, 2), week),))

    def test_of_the_state_is_37_and_a_half_hours_a_week_and_32_and_a_half_in_ramadan(self) -> None:
        for week, expected in ((national.USUAL, 37.5), (national.RAMADAN, 32.5)):
            found = Calendar("Asia/Jakarta", week).open_time(at(11, 23, 0), at(11, 29, 23))
            assert found == timedelta(hours=expected)
