"""Statements that PostgreSQL plans once per connection: the wall stands as before."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from runtime.regions import scope
from runtime.regions.models import Region, Role

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="Only PostgreSQL keeps plans for us."),
]
ROLES = "SELECT region_id FROM regions_role WHERE key <> %s", ("none",)


def _asked(region: Region) -> list[int]:
    with scope.use(region), transaction.atomic():
        return [row[0] for rows, _touched in connection.together([ROLES]) for row in rows]


def _kept() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s",
            ["%SELECT region_id FROM regions_role WHERE key%"],
        )
        return int(cursor.fetchone()[0])


class TestTogether:
    def test_shows_each_region_its_own_rows_from_the_same_plan(self, tangerang: Region, poso: Region) -> None:
        before = _kept()
        for region in (tangerang, poso):
            with scope.use(region):
                Role.objects.create(region=region, key="loket", title={})
        for _ in range(7):  # a generic plan is made after five
            assert _asked(tangerang) == [tangerang.pk]
            assert _asked(poso) == [poso.pk]
        assert _kept() == before + 1

    def test_of_nothing_is_nothing(self, db: None) -> None:
        assert connection.together([]) == []

    def test_says_what_each_statement_touched(self, tangerang: Region) -> None:
        with scope.use(tangerang), transaction.atomic():
            insert = (
                "INSERT INTO regions_role (region_id, key, title, counter, heads) "
                "VALUES (%s, %s, '{}', false, false) RETURNING key"
            )
            change = "UPDATE regions_role SET key = %s WHERE key = %s"
            found = connection.together(
                [(insert, (tangerang.pk, "100%")), (change, ("b", "100%")), (change, ("b", "100%"))]
            )
        assert found == [([("100%",)], 1), ([], 1), ([], 0)]
