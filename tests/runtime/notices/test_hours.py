"""Quiet hours and the hour of the daily mail, over midnight and in the zones of Indonesia."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from runtime.notices import hours

JAKARTA, JAYAPURA = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Jayapura")


def at(clock: str, day: int = 23) -> datetime:
    return datetime.combine(date(2026, 11, day), time.fromisoformat(clock), JAKARTA)


class TestQuietUntil:
    @pytest.mark.parametrize(
        ("now", "ends"),
        [
            (at("20:59"), None),
            (at("21:00"), at("06:00", 24)),
            (at("23:59"), at("06:00", 24)),
            (at("00:00", 24), at("06:00", 24)),
            (at("05:59", 24), at("06:00", 24)),
            (at("06:00", 24), None),
        ],
    )
    def test_goes_over_midnight(self, now: datetime, ends: datetime | None) -> None:
        assert hours.quiet_until(now, time(21), time(6), JAKARTA) == ends

    def test_stays_within_a_day(self) -> None:
        assert hours.quiet_until(at("12:30"), time(12), time(13), JAKARTA) == at("13:00")
        assert hours.quiet_until(at("13:00"), time(12), time(13), JAKARTA) is None

    def test_is_told_by_the_clock_of_the_region(self) -> None:
        now = at("19:30").astimezone(UTC)  # 21:30 in Papua
        assert hours.quiet_until(now, time(21), time(6), JAKARTA) is None
        ends = hours.quiet_until(now, time(21), time(6), JAYAPURA)
        assert ends == datetime(2026, 11, 24, 6, tzinfo=JAYAPURA)

    def test_is_none_without_hours(self) -> None:
        assert hours.quiet_until(at("23:00"), None, None, JAKARTA) is None
        assert hours.quiet_until(at("23:00"), time(23), time(23), JAKARTA) is None


class TestTheDailyMail:
    def test_is_due_at_its_hour_and_then_a_day_later(self) -> None:
        assert hours.latest(at("07:00"), time(7), JAKARTA) == at("07:00")
        assert hours.latest(at("06:59"), time(7), JAKARTA) == at("07:00", 22)
        assert hours.following(at("07:00"), time(7), JAKARTA) == at("07:00", 24)
        assert hours.following(at("06:59"), time(7), JAKARTA) == at("07:00")

    def test_may_come_at_midnight(self) -> None:
        assert hours.latest(at("23:59"), time(0), JAKARTA) == at("00:00")
        assert hours.following(at("23:59"), time(0), JAKARTA) == at("00:00", 24)
