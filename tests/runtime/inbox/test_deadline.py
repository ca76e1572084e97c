"""Deadlines in words, on the region's working calendar."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from runtime.inbox import deadline
from runtime.regions.models import Region

JAKARTA = ZoneInfo("Asia/Jakarta")
MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=JAKARTA)


def at(day: int, hour: int = 16) -> datetime:
    return datetime(2026, 11, day, hour, 0, tzinfo=JAKARTA)


class TestDue:
    @pytest.mark.parametrize(
        ("moment", "words", "tone"),
        [
            (at(23), "Today, 16:00", "warn"),
            (at(24), "1 working day left", "grey"),
            (at(27), "4 working days left", "grey"),
            (at(30), "5 working days left", "grey"),
            (at(23, 9), "Late since 09:00 today", "late"),
            (at(20), "1 working day late", "late"),
            (at(18), "3 working days late", "late"),
        ],
    )
    def test_counts_working_days(self, moment: datetime, words: str, tone: str) -> None:
        region = Region(timezone="Asia/Jakarta")
        with translation.override("en"):
            due = deadline.due(moment, now=MONDAY_NOON, region=region)
        assert due is not None
        assert (due.say, due.tone) == (words, tone)

    def test_says_the_day_when_only_a_weekend_lies_between(self) -> None:
        saturday = datetime(2026, 11, 21, 10, 0, tzinfo=JAKARTA)
        with translation.override("en"):
            late = deadline.due(at(20), now=saturday, region=Region(timezone="Asia/Jakarta"))
            ahead = deadline.due(at(22), now=saturday, region=Region(timezone="Asia/Jakarta"))
        assert late is not None
        assert late.say == "Late since Friday, 20 November"
        assert ahead is not None
        assert ahead.say == "Until Sunday"

    def test_uses_the_clock_of_the_region(self) -> None:
        with translation.override("id"):
            due = deadline.due(at(23, 15), now=MONDAY_NOON, region=Region(timezone="Asia/Makassar"))
        assert due is not None
        assert due.say.endswith("16.00")

    def test_says_nothing_without_a_deadline(self) -> None:
        assert deadline.due(None, now=MONDAY_NOON, region=Region(timezone="Asia/Jakarta")) is None
