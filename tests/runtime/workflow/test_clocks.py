"""When the clock strikes: before and after what, never too late to be a warning, once for each promise."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from runtime.regions import national
from runtime.regions.worktime import Calendar
from runtime.workflow import clocks
from runtime.workflow.clocks import Since, Step
from runtime.workflow.values import Timer
from schemas.definition import Duration
from tests.runtime import committee

MODULE = committee.module()
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
WORKS = Calendar("Asia/Jakarta", national.USUAL, (), {})
DAY = Duration(1, "working_days")


class TestStrikes:
    def test_come_in_their_order_counted_from_what_they_say(self) -> None:
        since = Since(MONDAY, due=MONDAY + timedelta(days=3), deadline=MONDAY + timedelta(days=9))
        timed = (
            Timer("late", DAY, None, "deadline"),
            Timer("warn", None, DAY, "due"),
            Timer("begun", DAY, None, "entered"),
        )
        found = clocks.strikes(timed, since, WORKS)
        assert [strike.action for strike in found] == ["begun", "warn", "late"]
        assert [strike.base for strike in found] == [since.entered, since.due, since.deadline]

    def test_are_left_out_without_what_they_count_from(self) -> None:
        assert clocks.strikes((Timer("warn", None, DAY, "due"),), Since(MONDAY), WORKS) == []

    def test_of_a_warning_that_comes_too_late_are_left_out(self) -> None:
        since = Since(MONDAY, due=MONDAY + timedelta(hours=2))
        assert clocks.strikes((Timer("warn", None, DAY, "due"),), since, WORKS) == []

    def test_that_were_due_before_the_case_came_are_due_at_once(self) -> None:
        since = Since(MONDAY, deadline=MONDAY - timedelta(days=30))
        (strike,) = clocks.strikes((Timer("late", DAY, None, "deadline"),), since, WORKS)
        assert strike.at == MONDAY


class TestAfter:
    def filed(self) -> Since:
        return clocks.after(MODULE, Step("", "periksa"), Since(MONDAY), MONDAY, WORKS)

    def test_filing_begins_both_the_time_limit_and_the_promise(self) -> None:
        since = self.filed()
        assert since.due == WORKS.after(MONDAY, Duration(2, "working_days"))
        assert since.deadline == WORKS.after(MONDAY, Duration(10, "working_days"))

    @pytest.mark.parametrize(("days", "longer"), [(1, 1), (7, 5)])
    def test_the_promise_stands_still_with_the_applicant(self, days: int, longer: int) -> None:
        filed, later = self.filed(), MONDAY + timedelta(days=days)
        asked = clocks.after(MODULE, Step("periksa", "perbaikan"), filed, MONDAY, WORKS)
        assert asked.deadline == filed.deadline
        again = clocks.after(MODULE, Step("perbaikan", "periksa"), asked, later, WORKS)
        assert filed.deadline is not None
        assert again.deadline == WORKS.after(filed.deadline, Duration(longer, "working_days"))

    def test_a_promise_that_was_over_stays_over(self) -> None:
        late = MONDAY + timedelta(days=60)
        asked = clocks.after(MODULE, Step("periksa", "perbaikan"), self.filed(), late, WORKS)
        again = clocks.after(MODULE, Step("perbaikan", "periksa"), asked, late + timedelta(days=7), WORKS)
        assert again.deadline == self.filed().deadline

    def test_more_time_counts_for_the_limit_and_the_promise_of_a_case_that_stays(self) -> None:
        filed = self.filed()
        longer = clocks.after(MODULE, Step("periksa", "periksa", (DAY, DAY)), filed, MONDAY, WORKS)
        two = Duration(2, "working_days")
        assert filed.due is not None
        assert filed.deadline is not None
        assert (longer.entered, longer.due) == (filed.entered, WORKS.after(filed.due, two))
        assert longer.deadline == WORKS.after(filed.deadline, two)

    def test_opening_again_begins_the_promise_anew(self) -> None:
        later = MONDAY + timedelta(days=30)
        ended = clocks.after(MODULE, Step("periksa", "ditolak"), self.filed(), MONDAY, WORKS)
        again = clocks.after(MODULE, Step("ditolak", "periksa"), ended, later, WORKS)
        assert again.deadline == WORKS.after(later, Duration(10, "working_days"))
