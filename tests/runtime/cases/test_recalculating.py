"""Deadlines after a change of the calendar: counted again, recorded, once, and only where they differ."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from runtime.cases import chain, recalculating, selectors, timers
from runtime.cases.models import Case, CaseEvent, Task
from runtime.cases.recalculating import GRACE, recalculate
from runtime.regions import calendar, calendars, scope
from runtime.regions.calendars import NewDay
from runtime.regions.models import Region
from tests import factories
from tests.runtime import permit
from tests.runtime.conftest import Village

JAKARTA = ZoneInfo("Asia/Jakarta")
TUESDAY = date(2026, 11, 24)  # the permit is filed on Monday the 23rd


@pytest.fixture(autouse=True)
def _forget() -> None:
    recalculating._looked.clear()


def close(region: Region, office: Region, day: date = TUESDAY) -> None:
    fresh = Region.objects.get(pk=region.pk)
    with scope.use(fresh):
        calendars.put_day(region=fresh, office=office, new=NewDay(day, "local", "Hari Jadi"), by=None)


def open_again(region: Region, office: Region, day: date = TUESDAY) -> None:
    fresh = Region.objects.get(pk=region.pk)
    with scope.use(fresh):
        calendars.take_day(region=fresh, office=office, day=day, by=None)


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=JAKARTA)


def settled(now: datetime) -> list[int]:
    """Let the clock look as often as it takes."""
    return [
        recalculate(now),
        recalculate(now + GRACE / 2),
        recalculate(now + GRACE),
        recalculate(now + GRACE),
    ]


def events(case: Case) -> list[CaseEvent]:
    return list(CaseEvent.objects.filter(case=case).order_by("n"))


class TestRecalculate:
    def test_moves_the_deadline_of_a_case_and_of_its_tasks_once(self, desk: Village) -> None:
        reference = desk.submit().reference
        before = Case.objects.get(reference=reference)
        assert before.due_at == at(24, 16)
        close(desk.region, desk.region)
        assert settled(desk.now + timedelta(hours=1)) == [1, 0, 0, 0]
        case = Case.objects.select_related("region", "version").get(reference=reference)
        assert (case.due_at, case.revision) == (at(25, 16), before.revision + 1)
        assert Task.objects.get(case=case).due_at == at(25, 16)
        assert chain.verify(case) == []
        last = events(case)[-1]
        assert (last.by, last.from_status, last.to_status) == ("system", case.status, case.status)
        assert datetime.fromisoformat(last.data["before"]["due_at"]) == at(24, 16)
        assert datetime.fromisoformat(last.data["due_at"]) == at(25, 16)
        region = Region.objects.get(pk=desk.region.pk)
        assert last.data["calendar"] == calendar.of(region).digest
        assert region.deadlines_mark == region.calendar_mark != ""

    def test_gives_the_old_deadline_back_when_the_day_is_taken_away(self, desk: Village) -> None:
        case = Case.objects.get(reference=desk.submit().reference)
        close(desk.region, desk.region)
        settled(desk.now)
        open_again(desk.region, desk.region)
        settled(desk.now)
        case.refresh_from_db()
        assert case.due_at == at(24, 16)
        assert len(events(case)) == 3

    def test_goes_by_the_calendar_of_the_office_that_has_the_case(self, desk: Village) -> None:
        here = Case.objects.get(reference=desk.submit().reference)
        other = factories.office(desk.office.parent, "cimone", name="Kelurahan Cimone")
        close(desk.region, other)
        assert settled(desk.now)[0] == 0
        close(desk.region, desk.office)
        assert settled(desk.now)[0] == 1
        here.refresh_from_db()
        assert here.due_at == at(25, 16)

    def test_counts_working_hours_and_later_statuses_by_their_own_beginning(self, desk: Village) -> None:
        reference = desk.submit().reference
        desk.now = at(23, 15)
        desk.forward(reference)  # four working hours: one on Monday, three on Tuesday
        case = Case.objects.get(reference=reference)
        assert case.due_at == datetime(2026, 11, 24, 10, 30, tzinfo=JAKARTA)
        close(desk.region, desk.region)
        settled(desk.now)
        case.refresh_from_db()
        assert case.due_at == datetime(2026, 11, 25, 10, 30, tzinfo=JAKARTA)

    def test_moves_the_clock_without_a_word_where_nothing_was_promised(self, desk: Village) -> None:
        document = permit.document(key="lain")
        lapse = next(a for a in document["workflow"]["actions"] if a["key"] == "lapse")
        lapse["after"] = {"amount": 2, "unit": "working_days"}
        desk.version = factories.installed(
            desk.region, permit.as_text(key="lain", workflow=document["workflow"])
        ).version
        reference = desk.submit().reference
        desk.send_back(reference, "age")
        case = Case.objects.get(reference=reference)
        assert case.timer_at == at(25, 16)
        close(desk.region, desk.region)
        settled(desk.now)
        case.refresh_from_db()
        assert (case.timer_at, case.revision) == (at(26, 16), 2)
        assert timers.fire_timers(at(25, 17)) == 0
        assert timers.fire_timers(at(26, 17)) == 1

    def test_fires_nothing_again_that_was_fired(self, desk: Village) -> None:
        desk.forward(desk.submit().reference)
        assert timers.fire_timers(desk.now + timedelta(days=2)) == 1
        close(desk.region, desk.region)
        settled(desk.now + timedelta(days=2))
        assert timers.fire_timers(desk.now + timedelta(days=2)) == 0
        assert Case.objects.get().timer_at == desk.now + timedelta(days=90)

    def test_leaves_closed_cases_and_other_regions_alone(self, desk: Village) -> None:
        reference = desk.submit().reference
        desk.perform(reference, "withdraw")
        other = factories.tenant("bogor")
        close(other, other)
        close(desk.region, desk.region)
        assert settled(desk.now) == [0, 0, 0, 0]
        assert len(events(Case.objects.get(reference=reference))) == 2

    def test_looks_once_more_for_steps_that_were_under_way(self, desk: Village) -> None:
        close(desk.region, desk.region)
        assert recalculate(desk.now) == 0
        desk.submit()  # with the region as it was read before the change
        assert Case.objects.get().due_at == at(24, 16)
        assert recalculate(desk.now + GRACE / 2) == 0
        assert recalculate(desk.now + GRACE) == 1
        assert Case.objects.get().due_at == at(25, 16)
        assert Region.objects.get(pk=desk.region.pk).deadlines_mark != ""

    def test_does_nothing_where_no_calendar_changed(
        self, desk: Village, django_assert_num_queries: Any
    ) -> None:
        desk.submit()
        with django_assert_num_queries(1):
            assert recalculate(desk.now) == 0

    def test_is_told_in_the_history(self, desk: Village) -> None:
        case = Case.objects.get(reference=desk.submit().reference)
        close(desk.region, desk.region)
        settled(desk.now)
        case.refresh_from_db()
        title = "Batas waktu dihitung ulang karena kalender kerja berubah"
        assert selectors.timeline(case, "id")[-1].title == title
        assert selectors.public_view(case, "id").past[-1].title == title


class TestDiffering:
    def test_counts_before_a_change_what_it_will_move(self, desk: Village) -> None:
        desk.submit()
        reference = desk.submit().reference
        desk.perform(reference, "withdraw")
        region = Region.objects.get(pk=desk.region.pk)

        def put(day: date) -> list[Any]:
            new = NewDay(day, "local", "Hari Jadi")
            change = partial(calendars.put_day, region=region, office=region, new=new, by=None)
            return list(recalculating.differing(region, calendars.tried(region, change)))

        assert [moved.due_at for moved in put(TUESDAY)] == [at(25, 16)]
        assert put(date(2026, 12, 1)) == []
        assert Case.objects.filter(due_at=at(24, 16)).exists()


class TestManyCases:
    def test_are_all_counted_though_one_always_fails(
        self, desk: Village, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        cases = [Case.objects.get(reference=desk.submit().reference) for _n in range(6)]
        write = recalculating._write

        def failing(pk: int, *given: Any) -> bool:
            if pk == cases[0].pk:
                raise ValueError("no")
            return write(pk, *given)

        monkeypatch.setattr(recalculating, "BATCH", 2)
        monkeypatch.setattr(recalculating, "_write", failing)
        close(desk.region, desk.region)
        for n in range(20):
            recalculate(desk.now + n * GRACE)
        left = Case.objects.exclude(due_at=at(25, 16))
        assert list(left) == [cases[0]]
