"""The first of a long list, read post by post, against the whole list in order."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Q
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

    @pytest.mark.skipif(
        "connection.vendor != 'sqlite'", reason="PostgreSQL's plan depends on how much there is."
    )
    @pytest.mark.parametrize(("newest", "index"), [(False, "task_open_due"), (True, "task_open_new")])
    def test_reads_each_post_in_the_order_of_its_index(self, busy: Village, newest: bool, index: str) -> None:
        with CaptureQueriesContext(connection) as asked, connection.cursor() as cursor:
            list(tasklists.own(busy.region, busy.clerk).part(0, 2, newest=newest))
            cursor.execute(f"EXPLAIN QUERY PLAN {asked[-1]['sql']}")
            plan = [row[3] for row in cursor.fetchall()]
        reading = next(step for step in plan if index in step)
        assert reading.endswith("(region_id=? AND role=? AND office_id=?)")
        inside = plan[plan.index(reading) :]
        assert sum("ORDER BY" in step for step in inside) == 2  # of the few of all posts, and of the page


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
