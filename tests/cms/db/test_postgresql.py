"""Row-level security: the database keeps regions apart when the code forgets to."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import ProgrammingError, connection, models, transaction
from django.db.utils import InternalError

from runtime.regions import rls, scope
from runtime.regions.models import Membership, Region, Role, User
from tests import factories

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="Only PostgreSQL has row-level security."),
]


@pytest.fixture
def roles(tangerang: Region, poso: Region) -> None:
    for region in (tangerang, poso):
        with scope.use(region):
            Role.objects.create(region=region, key="loket", title={"id": "Loket"})


def _keys() -> list[int]:
    """Ask the database itself, past every manager of ours."""
    return list(models.QuerySet(Role).order_by("region_id").values_list("region_id", flat=True))


class TestWall:
    def test_the_role_of_the_tests_is_bound_by_it(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
            assert cursor.fetchone() == (False,)

    def test_stands_around_every_scoped_table(self) -> None:
        wanted = {model._meta.db_table for model in rls.scoped_models()}
        assert wanted
        assert wanted == rls.walled_tables("default")

    def test_shows_nothing_without_a_scope(self, roles: None) -> None:
        assert _keys() == []

    def test_shows_only_the_region_in_scope(self, roles: None, tangerang: Region, poso: Region) -> None:
        with scope.use(tangerang):
            assert _keys() == [tangerang.pk]
        with scope.use(poso):
            assert _keys() == [poso.pk]
        assert _keys() == []

    def test_shows_all_where_everywhere_is_said(self, roles: None) -> None:
        with scope.everywhere("the test asks"):
            assert len(_keys()) == 2

    def test_refuses_to_write_a_row_of_another_region(self, tangerang: Region, poso: Region) -> None:
        with (
            scope.use(tangerang),
            pytest.raises((ProgrammingError, InternalError), match="row-level security"),
            transaction.atomic(),
        ):
            models.QuerySet(Role).create(region=poso, key="palsu", title={})

    def test_changes_and_deletes_nothing_elsewhere(
        self, roles: None, tangerang: Region, poso: Region
    ) -> None:
        with scope.use(tangerang):
            assert models.QuerySet(Role).filter(region=poso).update(key="diubah") == 0
            assert models.QuerySet(Role).filter(region=poso).delete()[0] == 0

    def test_follows_the_scope_into_and_out_of_a_rolled_back_savepoint(
        self, roles: None, tangerang: Region, poso: Region
    ) -> None:
        with scope.use(tangerang):
            assert _keys() == [tangerang.pk]
            with pytest.raises(ZeroDivisionError), transaction.atomic(), scope.use(poso):
                assert _keys() == [poso.pk]
                raise ZeroDivisionError
            assert _keys() == [tangerang.pk]

    def test_keeps_the_scope_that_a_kept_savepoint_began(
        self, roles: None, tangerang: Region, poso: Region
    ) -> None:
        with scope.use(tangerang):
            with transaction.atomic(), scope.use(poso):
                assert _keys() == [poso.pk]
            assert _keys() == [tangerang.pk]

    def test_forgets_the_scope_when_it_is_left_inside_a_transaction(
        self, roles: None, tangerang: Region
    ) -> None:
        with transaction.atomic():
            with scope.use(tangerang):
                assert _keys() == [tangerang.pk]
            assert _keys() == []


@pytest.mark.django_db(transaction=True)
class TestWallOutsideTransactions:
    def test_works_statement_by_statement(self, roles: None, tangerang: Region, poso: Region) -> None:
        with scope.use(tangerang):
            assert _keys() == [tangerang.pk]
            assert Role.objects.get().region_id == tangerang.pk
        with scope.use(poso):
            assert Role.objects.count() == 1
        assert _keys() == []

    def test_leaves_nothing_behind_on_the_connection(self, roles: None, tangerang: Region) -> None:
        with scope.use(tangerang):
            assert _keys() == [tangerang.pk]
            with transaction.atomic():
                assert _keys() == [tangerang.pk]
        with connection.cursor() as cursor:
            cursor.execute("SHOW rakit.region")
            assert cursor.fetchone() in [("",), (None,)]

    def test_forgets_after_a_rollback(self, roles: None, tangerang: Region, poso: Region) -> None:
        with pytest.raises(ZeroDivisionError), transaction.atomic(), scope.use(tangerang):
            assert _keys() == [tangerang.pk]
            raise ZeroDivisionError
        with transaction.atomic(), scope.use(poso):
            assert _keys() == [poso.pk]

    def test_counts_inserted_and_changed_rows_as_before(self, tangerang: Region) -> None:
        with scope.use(tangerang):
            made = Role.objects.create(region=tangerang, key="a", title={})
            assert made.pk
            assert Role.objects.filter(key="a").update(key="b") == 1
            many = Role.objects.bulk_create(Role(region=tangerang, key=f"k{n}", title={}) for n in range(3))
            assert all(row.pk for row in many)
            assert sum(1 for _ in Role.objects.iterator(chunk_size=2)) == 4
            assert Role.objects.filter(key="b").delete()[0] == 1

    def test_takes_statements_with_many_rows(self, tangerang: Region, citizen: User) -> None:
        with scope.use(tangerang), connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO regions_role (region_id, key, title, counter, heads) "
                "VALUES (%s, %s, '{}', false, false)",
                [(tangerang.pk, "a"), (tangerang.pk, "b")],
            )
            assert Role.objects.count() == 2

    def test_hides_memberships_reached_through_a_person(self, tangerang: Region, poso: Region) -> None:
        user = factories.staff("loket", tangerang)
        with scope.use(poso):
            assert list(models.QuerySet(Membership).filter(user=user)) == []
        with scope.use(tangerang):
            assert user.memberships.count() == 1


class TestMarker:
    def test_says_how_long_to_wait_for_a_lock(self, tangerang: Region, settings: Any) -> None:
        settings.RAKIT_LOCK_SECONDS = 2.5
        with scope.use(tangerang), connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('lock_timeout')")
            assert cursor.fetchone() == ("2500ms",)

    def test_lets_no_question_be_compiled(self, tangerang: Region) -> None:
        with scope.use(tangerang), connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('jit')")
            assert cursor.fetchone() == ("off",)

    def test_is_sent_once_for_one_scope_in_a_transaction(
        self, tangerang: Region, django_assert_num_queries: Any
    ) -> None:
        with scope.use(tangerang), django_assert_num_queries(3) as seen:
            for _ in range(3):
                list(Role.objects.all())
        assert sum("set_config" in query["sql"] for query in seen.captured_queries) == 1
