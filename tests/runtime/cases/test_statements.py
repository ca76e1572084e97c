"""What is written by hand in SQL, compared with the ORM: the same rows, the same wall, the same ids."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django_scopes.exceptions import ScopeError

from runtime.cases import selectors, statements
from runtime.cases.models import Case, CaseEvent, Task
from runtime.regions import scope
from runtime.regions import selectors as regions
from runtime.regions.models import Region, User
from tests import factories
from tests.runtime.conftest import Village


def held(desk: Village, reference: str, key: str = "new", user: User | None = None) -> statements.Held:
    with transaction.atomic():
        return statements.hold(region=desk.region, reference=reference, key=key, user=user)


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
        (result,) = statements.together(statements.nearest(desk.region, role, desk.office))
        assert [row[0] for row in result.rows] == ([found.pk] if found else [])

    def test_passes_over_people_who_may_not_log_in(self, desk: Village) -> None:
        User.objects.update(is_active=False)
        assert statements.together(statements.nearest(desk.region, "clerk", desk.office))[0].rows == []


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
