"""What is written by hand in SQL, compared with the ORM: the same rows, the same wall, the same ids."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django_scopes.exceptions import ScopeError

from runtime.cases import posts, selectors, statements
from runtime.cases.models import Case, CaseEvent, Task
from runtime.regions import scope, standins
from runtime.regions import selectors as regions
from runtime.regions.models import Membership, Region, Role, User
from tests import factories
from tests.runtime.conftest import NOW, Village

TODAY = NOW.date()
LAST = TODAY + timedelta(days=3)


def held(desk: Village, reference: str, key: str = "new", user: User | None = None) -> statements.Held:
    with transaction.atomic():
        return statements.hold(region=desk.region, reference=reference, key=key, user=user, now=desk.now)


def columns(row: Case) -> dict[str, object]:
    return {field.attname: getattr(row, field.attname) for field in Case._meta.concrete_fields}


class TestHold:
    def test_reads_what_the_orm_reads(self, desk: Village) -> None:
        reference = desk.submit().reference
        desk.send_back(reference, "age")
        known = Case.objects.get(reference=reference)
        found = held(desk, reference, user=desk.clerk)
        assert columns(found.case) == columns(known)
        assert (found.case.version, found.case.office) == (known.version, known.office)
        assert found.case.version.digest == known.version.digest
        assert found.case.version.document == known.version.document
        seen = selectors.snapshot(known)
        assert (found.tasks, found.corrections) == (seen.tasks, seen.corrections)
        assert found.corrections == ("age",)
        assert found.posts == regions.posts(desk.region, desk.clerk) != frozenset()
        assert found.last_hash == CaseEvent.objects.get(n=2).hash

    def test_finds_the_event_of_a_known_key(self, desk: Village) -> None:
        reference = desk.submit().reference
        event = desk.forward(reference, key="button").event
        assert held(desk, reference, key=event.key).earlier == event.pk
        assert held(desk, reference, key="button").earlier is None

    def test_gives_nobody_posts_who_may_not_log_in(self, desk: Village) -> None:
        reference = desk.submit().reference
        desk.clerk.is_active = False
        assert held(desk, reference, user=desk.clerk).posts == frozenset()

    def test_knows_which_posts_head_their_office(self, desk: Village) -> None:
        reference = desk.submit().reference
        factories.standin(desk.clerk, "chief", desk.office, from_on=TODAY, until_on=LAST)
        Role.objects.filter(key__in=("head", "chief")).update(heads=True)
        case = Case.objects.get(reference=reference)
        for user, heads in (
            (desk.head, {("head", desk.office.pk)}),
            (desk.clerk, {("chief", desk.office.pk)}),
        ):
            assert held(desk, reference, user=user).heads == heads
            assert selectors.officer(case, user, desk.now).leads == {(one, one[1]) for one in heads}

    def test_knows_no_case_of_another_region(self, desk: Village, poso: Region) -> None:
        reference = desk.submit().reference
        with scope.use(poso), transaction.atomic():
            for region in (desk.region, poso):
                with pytest.raises(Case.DoesNotExist):
                    statements.hold(region=region, reference=reference, key="k", user=None)

    def test_raises_outside_a_scope(self, tangerang: Region) -> None:
        with pytest.raises(ScopeError):
            statements.hold(region=tangerang, reference="TNG-1", key="k", user=None)


class TestNearest:
    @pytest.mark.parametrize("role", ["clerk", "head", "mayor", "nobody"])
    def test_agrees_with_the_orm(self, desk: Village, role: str) -> None:
        factories.staff("mayor", desk.region, "wali")
        found = regions.nearest_holder(desk.region, role, desk.office)
        (result,) = statements.together(posts.nearest(desk.region, role, desk.office))
        assert [row[0] for row in result.rows] == ([found.pk] if found else [])

    def test_passes_over_people_who_may_not_log_in(self, desk: Village) -> None:
        User.objects.update(is_active=False)
        assert statements.together(posts.nearest(desk.region, "clerk", desk.office))[0].rows == []


class TestStandingIn:
    """The clerk stands in for the head in five ways; the hand-written SQL and the ORM agree on each."""

    CASES: tuple[tuple[dict[str, Any], bool], ...] = (
        ({}, True),
        ({"modules": ",izin,"}, True),
        ({"modules": ",another,izin-2,"}, False),
        ({"from_on": TODAY + timedelta(days=1)}, False),
        ({"from_on": TODAY - timedelta(days=9), "until_on": TODAY - timedelta(days=1)}, False),
        ({"until_on": TODAY}, True),
        ({"ended_at": NOW}, False),
    )

    @pytest.mark.parametrize(("values", "counts"), CASES)
    def test_is_read_as_the_orm_reads_it(self, desk: Village, values: dict[str, Any], counts: bool) -> None:
        reference = desk.submit().reference
        row = factories.standin(
            desk.clerk, "head", desk.office, desk.head, **{"from_on": TODAY, "until_on": LAST, **values}
        )
        found = held(desk, reference, user=desk.clerk)
        key = desk.version.key
        assert found.posts == regions.posts(desk.region, desk.clerk, on=desk.now, module=key)
        assert (("head", desk.office.pk) in found.posts) is counts
        assert found.standins == ((factories.stood_in(row),) if counts else ())
        day = standins.today(desk.region, desk.now)
        every = standins.held_by(desk.region, desk.clerk, on=day)  # of any service
        assert every == ((factories.stood_in(row),) if counts or row.modules == ",another,izin-2," else ())

    @pytest.mark.parametrize(("values", "counts"), CASES)
    def test_is_found_when_a_holder_is_looked_for(
        self, desk: Village, values: dict[str, Any], counts: bool
    ) -> None:
        values = {"from_on": TODAY, "until_on": LAST, **values}
        factories.standin(desk.clerk, "mayor", desk.office, desk.head, **values)
        asked: dict[str, Any] = {"module": desk.version.key}
        found = regions.nearest_holder(desk.region, "mayor", desk.office, on=desk.now, **asked)
        question = posts.nearest(desk.region, "mayor", desk.office, now=desk.now, **asked)
        (result,) = statements.together(question)
        assert found == (desk.office if counts else None)
        assert [row[0] for row in result.rows] == ([desk.office.pk] if counts else [])

    def test_gives_a_substitute_nothing_who_left_or_is_switched_off(self, desk: Village) -> None:
        reference = desk.submit().reference
        factories.standin(desk.clerk, "head", desk.office, from_on=TODAY, until_on=None)
        (stood_in,) = held(desk, reference, user=desk.clerk).standins
        assert (stood_in.principal_id, stood_in.principal_name, stood_in.kind) == (None, "", "plt")
        Membership.objects.filter(user=desk.clerk).delete()
        assert held(desk, reference, user=desk.clerk).posts == frozenset()
        factories.member(desk.clerk, "guard", desk.region)
        User.objects.filter(pk=desk.clerk.pk).update(is_active=False)
        question = posts.nearest(desk.region, "head", desk.office, now=desk.now)
        User.objects.filter(pk=desk.head.pk).update(is_active=False)
        assert statements.together(question)[0].rows == []

    def test_puts_those_replaced_before_into_a_chain(self, desk: Village) -> None:
        reference = desk.submit().reference
        third = factories.staff("guard", desk.office)
        dates: dict[str, Any] = {"from_on": TODAY, "until_on": LAST}
        first = factories.standin(desk.clerk, "head", desk.office, desk.head, **dates)
        second = factories.standin(third, "head", desk.office, desk.head, through=first, **dates)
        (found,) = held(desk, reference, user=third).standins
        assert found == factories.stood_in(second)
        assert found.replaced == {desk.head.pk, desk.clerk.pk}


class TestInserting:
    def test_gives_each_row_its_own_id(self, desk: Village) -> None:
        case = desk.submit().case
        rows = [
            Task(region=desk.region, case=case, office=desk.office, key=key, role="clerk", opened_at=desk.now)
            for key in ("b", "a", "c")
        ]
        (result,) = statements.together(statements.inserting(rows))
        assert [Task.objects.get(pk=row[0]).key for row in result.rows] == ["b", "a", "c"]


class TestAStep:
    def test_asks_the_database_no_more_than_it_must(self, desk: Village) -> None:
        reference = desk.submit().reference
        desk.forward(reference)
        with CaptureQueriesContext(connection) as asked:
            desk.perform(reference, "sign", desk.head)
        assert len(asked) <= 16

    @pytest.mark.skipif(
        "connection.vendor != 'sqlite'", reason="PostgreSQL reads small tables whole, and may."
    )
    def test_reads_no_table_of_cases_from_end_to_end(self, desk: Village) -> None:
        reference = desk.submit().reference
        with CaptureQueriesContext(connection) as asked:
            desk.forward(reference)
        plans = [
            _plan(query["sql"]) for query in asked if query["sql"].startswith(("SELECT", "UPDATE", "WITH"))
        ]
        assert len(plans) > 5
        assert [step for plan in plans for step in plan if step.startswith("SCAN cases_")] == []


def _plan(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [row[3] for row in cursor.fetchall()]
