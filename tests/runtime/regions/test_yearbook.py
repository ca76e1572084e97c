"""A year of a calendar as a list: what is in it, whose it is, and what counts."""

from __future__ import annotations

from datetime import date

import pytest

from runtime.regions import calendars, national, scope, yearbook
from runtime.regions.calendars import NewDay, NewPeriod
from runtime.regions.models import Region
from runtime.regions.yearbook import Entry

CHRISTMAS = date(2026, 12, 25)


def entries(region: Region, office: Region, day: date) -> list[Entry]:
    book = yearbook.of(region, office, day.year)
    return [entry for month in book.months for entry in month.entries if entry.day == day]


@pytest.fixture(autouse=True)
def _in_scope(tangerang: Region):
    with scope.use(tangerang):
        yield


class TestOf:
    def test_lists_the_national_days_that_nobody_wrote_down(self, tangerang: Region, village: Region) -> None:
        book = yearbook.of(tangerang, village, 2027)
        listed = [entry for month in book.months for entry in month.entries]
        assert len(listed) == len(national.days(2027))
        assert {entry.place for entry in listed} == {None}
        assert next(entry.day for entry in listed if entry.tentative) == date(2027, 3, 10)
        assert not book.copied
        assert book.has_leave
        assert not yearbook.of(tangerang, village, 2028).has_leave

    def test_says_whose_a_day_is_and_which_one_counts(self, tangerang: Region, village: Region) -> None:
        calendars.seed(region=tangerang, year=2026, by=None)
        calendars.put_day(
            region=tangerang, office=village, new=NewDay(CHRISTMAS, "working", "Piket", "SK"), by=None
        )
        own, above = entries(tangerang, village, CHRISTMAS)
        assert (own.place, own.own, own.counts, own.kind_title) == (
            village,
            True,
            True,
            "Hari kerja tambahan",
        )
        assert (above.place, above.own, above.counts) == (tangerang, False, False)
        assert [entry.counts for entry in entries(tangerang, tangerang, CHRISTMAS)] == [True]

    def test_keeps_a_day_that_was_taken_away_in_sight_of_its_own_office(
        self, tangerang: Region, village: Region
    ) -> None:
        calendars.take_day(region=tangerang, office=tangerang, day=CHRISTMAS, by=None)
        (gone,) = entries(tangerang, tangerang, CHRISTMAS)
        assert (gone.removed, gone.counts) == (True, False)
        assert entries(tangerang, village, CHRISTMAS) == []

    def test_counts_the_working_days_of_each_month(self, tangerang: Region) -> None:
        months = yearbook.of(tangerang, tangerang, 2026).months
        assert [month.working_days for month in months][:3] == [20, 18, 17]

    def test_says_whose_hours_apply(self, tangerang: Region, village: Region) -> None:
        assert yearbook.of(tangerang, village, 2026).usual.place is None
        calendars.set_week(region=tangerang, office=tangerang, week=national.RAMADAN, by=None)
        period = NewPeriod(date(2026, 2, 19), date(2026, 3, 20), "Ramadan", national.RAMADAN)
        calendars.put_period(region=tangerang, office=tangerang, new=period, by=None)
        book = yearbook.of(tangerang, village, 2026)
        assert (book.usual.place, book.usual.own) == (tangerang, False)
        assert [(hours.row.name, hours.own) for hours in book.periods if hours.row] == [("Ramadan", False)]
        assert yearbook.of(tangerang, tangerang, 2027).periods == ()
