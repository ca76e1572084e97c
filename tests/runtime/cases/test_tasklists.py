"""The first of a long list, read post by post, against the whole list in order."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Func, IntegerField, Q
from django.db.models.lookups import Exact
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from runtime.cases import selectors, tasklists
from runtime.cases.models import Case, Task
from runtime.cases.tasklists import TaskList
from runtime.regions.models import Region, Substitution
from tests import factories
from tests.runtime.conftest import Village


@pytest.fixture
def busy(desk: Village) -> Village:
    """The clerk and head of an office in one person, with tasks of both, some without a deadline."""
    factories.member(desk.clerk, "head", desk.office)
    now = timezone.now()
    filed = [desk.submit(now=now - timedelta(hours=n % 3)).reference for n in range(6)]
    for reference in filed[:2]:
        desk.forward(reference)
    Task.objects.filter(case__reference__in=[filed[2], filed[4]]).update(due_at=None)
    return desk


def ids(found: TaskList, *, newest: bool = False) -> list[int]:
    order = tasklists.NEWEST_FIRST if newest else tasklists.DUE_FIRST
    return list(found.every.order_by(*order).values_list("pk", flat=True))


class TestPart:
    @pytest.mark.parametrize("newest", [False, True])
    def test_is_a_part_of_the_whole_in_order(self, busy: Village, newest: bool) -> None:
        for found in (
            tasklists.own(busy.region, busy.clerk),
            tasklists.of_unit(busy.region, busy.clerk),
            tasklists.own(busy.region, busy.clerk).filter(due_at__lt=timezone.now() + timedelta(days=2)),
            tasklists.own(busy.region, busy.clerk).of_cases(Q(revision__gt=1)),
        ):
            whole = ids(found, newest=newest)
            assert whole
            for start, stop in ((0, 2), (1, 4), (3, 50), (50, 60)):
                part = found.part(start, stop, newest=newest)
                assert [task.pk for task in part] == whole[start:stop]

    @pytest.mark.parametrize("newest", [False, True])
    def test_looks_on_where_the_first_of_each_post_do_not_fill_it(
        self, busy: Village, newest: bool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(tasklists, "LOOKED_AT", 1)
        other, chance, now = factories.person("rekan"), random.Random(7), timezone.now()
        for _ in range(24):
            busy.submit(now=now - timedelta(hours=chance.randrange(5)))
        for task in Task.objects.filter(closed_at=None):
            taken = chance.random() < 0.6
            due = now + timedelta(hours=chance.randrange(4)) if chance.random() < 0.8 else None
            Task.objects.filter(pk=task.pk).update(claimed_by=other if taken else None, due_at=due)
        found = tasklists.own(busy.region, busy.clerk)
        whole = ids(found, newest=newest)
        assert 5 < len(whole) < 20
        for start in range(len(whole) + 1):
            for stop in range(start + 1, start + 4):
                part = found.part(start, stop, newest=newest)
                assert [task.pk for task in part] == whole[start:stop]

    def test_keeps_to_the_services_a_substitution_is_limited_to(self, busy: Village) -> None:
        deputy = factories.staff("archivist", busy.office, "wakil")
        factories.standin(deputy, "clerk", busy.office, busy.clerk, modules=",lain,")
        for modules, expected in ((",lain,", 0), (",izin,", 4)):
            Substitution.objects.update(modules=modules)
            found = tasklists.own(busy.region, deputy)
            assert [task.pk for task in found.part(0, 50)] == ids(found)
            assert len(ids(found)) == expected

    def test_is_empty_without_a_post(self, busy: Village, poso: Region) -> None:
        nobody = factories.person("tamu")
        assert list(tasklists.own(busy.region, nobody).part(0, 9)) == []
        assert list(tasklists.of_unit(busy.region, nobody).part(0, 9)) == []

    @pytest.mark.skipif("connection.vendor != 'sqlite'", reason="Only SQLite calls a function of ours.")
    def test_judges_no_more_tasks_than_a_page_needs(self, busy: Village) -> None:
        judged: list[int] = []

        def judge(pk: int) -> int:
            judged.append(pk)
            return 1

        connection.connection.create_function("judged", 1, judge)
        busy_list = tasklists.own(busy.region, busy.clerk)
        fits = Exact(Func("pk", function="judged", output_field=IntegerField()), 1)
        found = replace(busy_list, judged=(*busy_list.judged, fits)).part(0, 2)
        assert [task.pk for task in found] == ids(busy_list)[:2]
        assert sorted(judged) == sorted(ids(busy_list)[:2])

    @pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL knows how many cases there are.")
    def test_finds_the_tasks_of_few_cases_by_these(self, busy: Village) -> None:
        for whole in (
            tasklists.own(busy.region, busy.clerk),
            tasklists.of_unit(busy.region, busy.clerk),
        ):
            last = Case.objects.order_by("-pk").values("pk")[:2]
            found = replace(whole, cases=last)
            with CaptureQueriesContext(connection) as asked, connection.cursor() as cursor:
                shown = [task.pk for task in found.part(0, 9)]
                cursor.execute(f"EXPLAIN QUERY PLAN {asked[-1]['sql']}")
                steps = [row[3] for row in cursor.fetchall()]
            few = {task.pk for task in Task.objects.all() if {"pk": task.case_id} in last}
            assert shown == [pk for pk in ids(whole) if pk in few] != []
            assert [step for step in steps if "task_open_due" in step or "task_open_new" in step] == []

    @pytest.mark.skipif(
        "connection.vendor != 'sqlite'", reason="PostgreSQL's plan depends on how much there is."
    )
    @pytest.mark.parametrize(("newest", "index"), [(False, "task_open_due"), (True, "task_open_new")])
    def test_reads_each_post_in_the_order_of_its_index(self, busy: Village, newest: bool, index: str) -> None:
        with CaptureQueriesContext(connection) as asked, connection.cursor() as cursor:
            list(tasklists.own(busy.region, busy.clerk).part(0, 2, newest=newest))
            cursor.execute(f"EXPLAIN QUERY PLAN {asked[-1]['sql']}")
            plan = [(row[1], row[3]) for row in cursor.fetchall()]
        readings = [(parent, step) for parent, step in plan if index in step]
        assert len(readings) == 2  # the first of each post, and all of them
        for within, reading in readings:
            assert reading.endswith("(region_id=? AND role=? AND office_id=?)")
            sorting = [step for parent, step in plan if parent == within and "ORDER BY" in step]
            assert [step for step in sorting if "LAST TERM" not in step] == []


class TestCounts:
    def test_stop_at_the_most_and_are_asked_at_once(self, busy: Village) -> None:
        nobody = tasklists.own(busy.region, factories.person("tamu"))
        lists = [tasklists.own(busy.region, busy.clerk), nobody, tasklists.of_unit(busy.region, busy.clerk)]
        for most, expected in ((1, [1, 0, 1]), (6, [6, 0, 6]), (7, [6, 0, 6])):
            with CaptureQueriesContext(connection) as asked:
                assert tasklists.counts(lists, most=most) == expected
            assert len(asked) == 1
        assert tasklists.counts([nobody], most=9) == [0]


class TestTold:
    def test_says_of_each_task_what_the_applicant_did(self, busy: Village) -> None:
        case = Case.objects.order_by("pk").last()
        assert case is not None
        busy.send_back(case.reference, "name")
        busy.perform(case.reference, "answer", answers={"name": "Siti Aminah"})
        rows = selectors.told(tasklists.own(busy.region, busy.clerk).part(0, 50))
        assert {row.case_id for row in rows if row.corrected} == {case.pk}
        assert [row for row in rows if row.written] == []
