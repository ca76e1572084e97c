"""The working calendar where nobody wrote anything down: the state's days and hours, time zones."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from runtime.regions import calendar
from runtime.regions.models import Region
from schemas.definition import Duration, DurationUnit

JAKARTA, JAYAPURA = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Jayapura")


def region(timezone: str = "Asia/Jakarta") -> Region:
    return Region(key="x", name="X", timezone=timezone)


def due(start: datetime, amount: int, unit: DurationUnit, timezone: str = "Asia/Jakarta") -> datetime:
    ends = calendar.due_at(start, Duration(amount, unit), region(timezone))
    assert ends.tzinfo is UTC
    return ends.astimezone(ZoneInfo(timezone))


class TestIsWorkingDay:
    @pytest.mark.parametrize(
        ("day", "works"),
        [
            (date(2026, 11, 24), True),  # a Tuesday
            (date(2026, 11, 28), False),  # a Saturday
            (date(2026, 8, 17), False),  # Independence Day
            (date(2026, 12, 24), False),  # collective leave, category "government"
            (date(2027, 8, 17), False),
        ],
    )
    def test_knows_weekends_national_days_and_collective_leave(self, day: date, works: bool) -> None:
        assert calendar.of(region()).is_working_day(day) is works


class TestDueAt:
    def test_counts_working_days_from_the_day_after(self) -> None:
        monday = datetime(2026, 11, 23, 9, 30, tzinfo=JAKARTA)
        assert due(monday, 1, "working_days") == datetime(2026, 11, 24, 16, tzinfo=JAKARTA)

    def test_steps_over_a_weekend(self) -> None:
        friday = datetime(2026, 11, 27, 15, 0, tzinfo=JAKARTA)
        assert due(friday, 1, "working_days") == datetime(2026, 11, 30, 16, tzinfo=JAKARTA)

    def test_steps_over_leave_around_a_national_day(self) -> None:
        wednesday = datetime(2026, 12, 23, 9, 0, tzinfo=JAKARTA)
        assert due(wednesday, 1, "working_days") == datetime(2026, 12, 28, 16, tzinfo=JAKARTA)

    def test_carries_working_hours_into_the_next_working_day(self) -> None:
        friday = datetime(2026, 11, 27, 14, 30, tzinfo=JAKARTA)  # closes at 16.30, Monday opens at 7.30
        assert due(friday, 4, "working_hours") == datetime(2026, 11, 30, 9, 30, tzinfo=JAKARTA)

    def test_ends_working_hours_at_closing_time_and_not_at_the_next_opening(self) -> None:
        monday = datetime(2026, 11, 23, 12, 0, tzinfo=JAKARTA)
        assert due(monday, 3, "working_hours") == datetime(2026, 11, 23, 16, tzinfo=JAKARTA)

    def test_leaves_the_break_out(self) -> None:
        monday = datetime(2026, 11, 23, 11, 0, tzinfo=JAKARTA)
        assert due(monday, 1, "working_hours") == datetime(2026, 11, 23, 12, tzinfo=JAKARTA)
        assert due(monday, 2, "working_hours") == datetime(2026, 11, 23, 14, tzinfo=JAKARTA)

    @pytest.mark.parametrize("hour", [5, 18])
    def test_begins_working_hours_when_the_offices_open(self, hour: int) -> None:
        start = datetime(2026, 11, 23, hour, 0, tzinfo=JAKARTA)
        day = 23 if hour < 8 else 24
        assert due(start, 2, "working_hours") == datetime(2026, 11, day, 9, 30, tzinfo=JAKARTA)

    def test_counts_plain_days_and_minutes_through_weekends(self) -> None:
        friday = datetime(2026, 11, 27, 15, 5, tzinfo=JAKARTA)
        assert due(friday, 14, "days") == datetime(2026, 12, 11, 15, 5, tzinfo=JAKARTA)
        assert due(friday, 90, "minutes") == datetime(2026, 11, 27, 16, 35, tzinfo=JAKARTA)

    def test_uses_the_clock_of_the_region(self) -> None:
        start = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)  # 22.30 in Jakarta, 00.30 on the 24th in Jayapura
        assert due(start, 1, "working_days") == datetime(2026, 11, 24, 16, tzinfo=JAKARTA)
        papua = due(start, 1, "working_days", "Asia/Jayapura")
        assert papua == datetime(2026, 11, 25, 16, tzinfo=JAYAPURA)

    def test_is_where_research_puts_it_around_collective_leave(self) -> None:
        """Five working days from 17 March 2026: 31 March, not 25."""
        tuesday = datetime(2026, 3, 17, 10, 0, tzinfo=JAKARTA)
        assert due(tuesday, 5, "working_days") == datetime(2026, 3, 31, 16, tzinfo=JAKARTA)


class TestWorkingDaysBetween:
    def test_counts_forward_and_backward(self) -> None:
        friday = datetime(2026, 11, 27, 9, 0, tzinfo=JAKARTA)
        tuesday = datetime(2026, 12, 1, 9, 0, tzinfo=JAKARTA)
        assert calendar.working_days_between(friday, tuesday, region()) == 2
        assert calendar.working_days_between(tuesday, friday, region()) == -2
        assert calendar.working_days_between(friday, friday, region()) == 0
