"""Writing calendars down: days, hours, periods, the national list; who inherits what; when caches end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from runtime.regions import calendar, calendars, national, scope
from runtime.regions.calendars import NewDay, NewPeriod
from runtime.regions.models import CalendarDay, Region, WorkingHours
from runtime.regions.refused import Refused
from runtime.regions.worktime import Calendar, Week
from tests import factories

JAKARTA = ZoneInfo("Asia/Jakarta")
LOCAL = CalendarDay.Kind.LOCAL
WORKING = CalendarDay.Kind.WORKING
FOUNDED = date(2026, 2, 26)  # a Thursday
EVERY_DAY: Week = (((time(8), time(20)),),) * 7


@pytest.fixture(autouse=True)
def _in_scope(tangerang: Region) -> Iterator[None]:
    with scope.use(tangerang):
        yield


@pytest.fixture
def district(tangerang: Region) -> Region:
    return Region.objects.get(key="tangerang-kecamatan")


@contextmanager
def refusal(code: str) -> Iterator[None]:
    """Expect that nothing is changed, for that reason, and that a sentence says so."""
    with pytest.raises(Refused) as refused:
        yield
    assert refused.value.code == code
    assert refused.value.sentence


def put(region: Region, office: Region, day: date, kind: str = LOCAL, **more: Any) -> CalendarDay:
    new = NewDay(day, kind, "Hari jadi", "Perwali 1/2026")
    return calendars.put_day(region=region, office=office, new=new, by=None, **more)


def take(region: Region, office: Region, day: date) -> None:
    calendars.take_day(region=region, office=office, day=day, by=None)


def seed(region: Region, year: int = 2026) -> calendars.Seeded:
    return calendars.seed(region=region, year=year, by=None)


def fresh(region: Region, office: Region | None = None) -> Calendar:
    """Return the calendar as another request would find it."""
    return calendar.of(Region.objects.get(pk=region.pk), office)


def standing(region: Region) -> set[date]:
    rows = CalendarDay.objects.filter(region=region, removed=False)
    return set(rows.values_list("day", flat=True))


class TestPutDay:
    def test_closes_a_day_for_the_office_and_those_below_it_only(
        self, tangerang: Region, district: Region, village: Region
    ) -> None:
        put(tangerang, district, FOUNDED)
        assert fresh(tangerang).is_working_day(FOUNDED)
        assert not fresh(tangerang, district).is_working_day(FOUNDED)
        assert not fresh(tangerang, village).is_working_day(FOUNDED)

    def test_adds_to_the_days_of_those_above(
        self, tangerang: Region, district: Region, village: Region
    ) -> None:
        days = [date(2026, 2, day) for day in (24, 25, 26)]
        for day, office in zip(days, (tangerang, district, village), strict=True):
            put(tangerang, office, day)
        assert [fresh(tangerang, village).is_working_day(day) for day in days] == [False] * 3
        assert [fresh(tangerang).is_working_day(day) for day in days] == [False, True, True]

    def test_lets_the_nearest_office_decide_on_the_same_day(self, tangerang: Region, village: Region) -> None:
        put(tangerang, tangerang, FOUNDED)
        put(tangerang, village, FOUNDED, WORKING)
        assert fresh(tangerang, village).is_working_day(FOUNDED)
        assert not fresh(tangerang).is_working_day(FOUNDED)

    def test_opens_a_saturday(self, tangerang: Region) -> None:
        put(tangerang, tangerang, date(2026, 2, 28), WORKING)
        assert fresh(tangerang).hours(date(2026, 2, 28)) == national.USUAL[0]

    def test_writes_the_national_days_of_that_year_down_first(self, tangerang: Region) -> None:
        put(tangerang, tangerang, FOUNDED)
        assert standing(tangerang) == {day.day for day in national.days(2026)} | {FOUNDED}
        assert not fresh(tangerang).is_working_day(date(2027, 8, 17))

    def test_moves_a_day_and_leaves_none_behind(self, tangerang: Region) -> None:
        moved, to = date(2026, 8, 25), date(2026, 8, 26)
        new = NewDay(to, CalendarDay.Kind.NATIONAL, "Maulid Nabi Muhammad", "SKB")
        calendars.put_day(region=tangerang, office=tangerang, new=new, by=None, instead_of=moved)
        assert fresh(tangerang).is_working_day(moved)
        assert not fresh(tangerang).is_working_day(to)

    @pytest.mark.parametrize(
        ("day", "kind", "name", "code"),
        [
            (FOUNDED, LOCAL, " \x00 ", "name"),
            (FOUNDED, "feast", "Pesta", "kind"),
            (FOUNDED, WORKING, "Kerja", "works"),
            (date(2019, 12, 31), LOCAL, "Lama", "year"),
            (date(2051, 1, 1), LOCAL, "Jauh", "year"),
        ],
    )
    def test_refuses(self, tangerang: Region, day: date, kind: str, name: str, code: str) -> None:
        with refusal(code):
            calendars.put_day(region=tangerang, office=tangerang, new=NewDay(day, kind, name), by=None)
        assert standing(tangerang) == set()
        assert tangerang.calendar_mark == ""

    def test_refuses_to_move_onto_another_entry_or_from_none(self, tangerang: Region) -> None:
        for day, instead_of, code in (
            (date(2026, 8, 25), date(2026, 8, 17), "taken"),
            (date(2026, 8, 17), None, "taken"),
            (FOUNDED, date(2026, 8, 18), "gone"),
        ):
            with refusal(code):
                put(tangerang, tangerang, day, instead_of=instead_of)

    def test_refuses_an_office_of_another_region(self, tangerang: Region, poso: Region) -> None:
        with refusal("elsewhere"):
            put(tangerang, poso, FOUNDED)


class TestTakeDay:
    def test_makes_a_holiday_a_working_day(self, tangerang: Region) -> None:
        take(tangerang, tangerang, date(2026, 12, 24))
        assert fresh(tangerang).is_working_day(date(2026, 12, 24))

    def test_refuses_a_day_without_an_entry_of_the_office(self, tangerang: Region, village: Region) -> None:
        put(tangerang, tangerang, FOUNDED)
        with refusal("gone"):
            take(tangerang, village, FOUNDED)
        take(tangerang, tangerang, FOUNDED)
        with refusal("gone"):
            take(tangerang, tangerang, FOUNDED)


class TestSeed:
    def test_copies_the_national_days_once(self, tangerang: Region) -> None:
        assert seed(tangerang, 2027).added == len(national.days(2027))
        again = seed(tangerang, 2027)
        assert (again.added, again.changed, again.dropped, again.kept) == (0, 0, 0, 0)
        feast = CalendarDay.objects.get(day=date(2027, 3, 10))
        assert (feast.name, feast.tentative, feast.kind) == ("Hari Raya Idul Fitri", True, "national")
        assert CalendarDay.objects.get(day=date(2027, 2, 5)).kind == CalendarDay.Kind.LEAVE

    def test_changes_no_deadline(self, tangerang: Region) -> None:
        before = fresh(tangerang).digest
        seed(tangerang)
        assert fresh(tangerang).digest == before

    def test_never_undoes_what_was_changed_by_hand(self, tangerang: Region) -> None:
        seed(tangerang)
        take(tangerang, tangerang, date(2026, 12, 24))
        put(tangerang, tangerang, date(2026, 8, 26), instead_of=date(2026, 8, 25))
        christmas = date(2026, 12, 25)
        put(tangerang, tangerang, christmas, instead_of=christmas)
        before = fresh(tangerang).digest
        assert seed(tangerang).kept == 3
        assert fresh(tangerang).digest == before
        assert CalendarDay.objects.get(day=christmas).name == "Hari jadi"

    def test_follows_the_list_where_nobody_changed_anything(self, tangerang: Region) -> None:
        seed(tangerang)
        rows = CalendarDay.objects.filter(region=tangerang)
        rows.filter(day=date(2026, 8, 25)).update(day=date(2026, 8, 27))  # as an older list said
        rows.filter(day=date(2026, 3, 21)).update(tentative=True)
        done = seed(tangerang)
        assert (done.added, done.changed, done.dropped) == (1, 1, 1)
        assert standing(tangerang) == {day.day for day in national.days(2026)}

    def test_takes_a_hand_written_day_as_it_is(self, tangerang: Region, village: Region) -> None:
        put(tangerang, village, date(2026, 12, 25), WORKING)
        seed(tangerang)
        assert fresh(tangerang, village).is_working_day(date(2026, 12, 25))
        assert not fresh(tangerang).is_working_day(date(2026, 12, 25))

    def test_refuses_years_far_away(self, tangerang: Region) -> None:
        with refusal("year"):
            seed(tangerang, 2051)


class TestHours:
    def test_are_those_of_the_nearest_office_that_has_any(
        self, tangerang: Region, district: Region, village: Region
    ) -> None:
        calendars.set_week(region=tangerang, office=district, week=EVERY_DAY, by=None)
        sunday = date(2026, 11, 29)
        assert fresh(tangerang, village).hours(sunday) == EVERY_DAY[6]
        assert not fresh(tangerang).is_working_day(sunday)
        calendars.drop_week(region=tangerang, office=district, by=None)
        assert not fresh(tangerang, village).is_working_day(sunday)

    def test_of_a_period_come_from_above_unless_the_office_has_its_own_week(
        self, tangerang: Region, district: Region, village: Region
    ) -> None:
        ramadan(tangerang, tangerang)
        day = date(2026, 2, 19)
        assert fresh(tangerang, village).hours(day) == national.RAMADAN[3]
        calendars.set_week(region=tangerang, office=village, week=EVERY_DAY, by=None)
        assert fresh(tangerang, village).hours(day) == EVERY_DAY[3]
        ramadan(tangerang, village)
        assert fresh(tangerang, village).hours(day) == national.RAMADAN[3]

    @pytest.mark.parametrize(
        ("week", "code"),
        [(((),) * 7, "closed"), (EVERY_DAY[:6], "week"), ((((time(9), time(8)),),) * 7, "span")],
    )
    def test_in_which_nobody_works_are_refused(self, tangerang: Region, week: Week, code: str) -> None:
        with refusal(code):
            calendars.set_week(region=tangerang, office=tangerang, week=week, by=None)
        assert not WorkingHours.objects.filter(region=tangerang).exists()


def ramadan(
    region: Region, office: Region, first: date = date(2026, 2, 19), days: int = 30, **more: Any
) -> WorkingHours:
    new = NewPeriod(first, first + timedelta(days=days - 1), "Ramadan", national.RAMADAN)
    return calendars.put_period(region=region, office=office, new=new, by=None, **more)


class TestPeriods:
    def test_can_be_moved_and_taken_away(self, tangerang: Region) -> None:
        row = ramadan(tangerang, tangerang)
        ramadan(tangerang, tangerang, date(2026, 2, 18), pk=row.pk)
        assert WorkingHours.objects.get(region=tangerang).first_on == date(2026, 2, 18)
        calendars.take_period(region=tangerang, office=tangerang, pk=row.pk, by=None)
        assert fresh(tangerang).hours(date(2026, 2, 19)) == national.USUAL[3]
        with refusal("gone"):
            calendars.take_period(region=tangerang, office=tangerang, pk=row.pk, by=None)

    @pytest.mark.parametrize(
        ("first", "days", "code"),
        [
            (date(2026, 3, 20), 5, "overlap"),
            (date(2027, 1, 1), 0, "order"),
            (date(2027, 1, 1), 367, "long"),
            (date(2050, 12, 31), 2, "year"),
        ],
    )
    def test_are_refused(self, tangerang: Region, first: date, days: int, code: str) -> None:
        ramadan(tangerang, tangerang)
        with refusal(code):
            ramadan(tangerang, tangerang, first, days)


class TestTried:
    def test_tells_what_would_be_and_changes_nothing(self, tangerang: Region, village: Region) -> None:
        before = fresh(tangerang).digest
        would = calendars.tried(tangerang, lambda: put(tangerang, tangerang, FOUNDED))
        assert not would.calendar(village).is_working_day(FOUNDED)
        assert fresh(tangerang).digest == before
        assert calendar.of(tangerang).is_working_day(FOUNDED)
        assert standing(tangerang) == set()

    def test_passes_a_refusal_on(self, tangerang: Region) -> None:
        with refusal("gone"):
            calendars.tried(tangerang, lambda: take(tangerang, tangerang, FOUNDED))


class TestOf:
    def test_asks_the_database_once_after_a_change_and_never_before(
        self, tangerang: Region, village: Region
    ) -> None:
        with CaptureQueriesContext(connection) as asked:
            calendar.of(tangerang, village)
        assert len(asked) == 0
        put(tangerang, tangerang, FOUNDED)
        calendar.of(tangerang)
        with CaptureQueriesContext(connection) as asked:
            calendar.of(Region.objects.get(pk=tangerang.pk))
        assert len(asked) == 1  # the region itself

    def test_sees_what_another_process_changed(self, tangerang: Region) -> None:
        put(tangerang, tangerang, FOUNDED)
        calendar.of(tangerang)
        elsewhere = Region.objects.get(pk=tangerang.pk)
        take(elsewhere, elsewhere, FOUNDED)
        assert not calendar.of(tangerang).is_working_day(FOUNDED), "the region was read before the change"
        assert calendar.of(Region.objects.get(pk=tangerang.pk)).is_working_day(FOUNDED)

    def test_forgets_a_change_that_was_rolled_back(self, tangerang: Region) -> None:
        put(tangerang, tangerang, FOUNDED)
        calendars.tried(tangerang, lambda: take(tangerang, tangerang, FOUNDED))
        assert not fresh(tangerang).is_working_day(FOUNDED)

    def test_keeps_regions_apart(self, tangerang: Region) -> None:
        other = factories.tenant("bogor")
        put(tangerang, tangerang, FOUNDED)
        with scope.use(other):
            assert calendar.of(other).is_working_day(FOUNDED)
            put(other, other, date(2026, 6, 3))
            assert fresh(other).is_working_day(FOUNDED)

    def test_counts_for_the_region_by_its_own_days(self, tangerang: Region) -> None:
        put(tangerang, tangerang, FOUNDED)
        wednesday = datetime(2026, 2, 25, 10, tzinfo=JAKARTA)
        friday = datetime(2026, 2, 27, 10, tzinfo=JAKARTA)
        assert calendar.working_days_between(wednesday, friday, tangerang) == 1
