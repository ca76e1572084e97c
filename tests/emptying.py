"""Gives the next test the database as migrations left it, after a test that has committed.

Django empties every table there is and plants anew what its signals plant, not what migrations planted: that
takes longer than most tests, and leaves another database than the first test of a process had.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.test import TransactionTestCase

from runtime.cases import appendonly
from runtime.regions import scope

APPEND_ONLY = (appendonly.HISTORY, "viewlog_viewing")
KEPT = "as_migrated_"  # and the name of a table: its rows before the first test
_FILLED = (  # once written to; others need no emptying
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace "
    "AND pg_relation_size(oid) > 0"
)


@contextmanager
def instead_of_django() -> Iterator[None]:
    """Put back after each test that commits what the tables of this process held before the first."""
    _remember()
    case: Any = TransactionTestCase
    usual = case._fixture_teardown
    case._fixture_teardown = lambda _case: renew()
    try:
        yield
    finally:
        case._fixture_teardown = usual


def renew() -> None:
    """Put back the rows that migrations have planted, and no others."""
    with scope.everywhere("the tests' database"):
        for table in APPEND_ONLY:
            appendonly.unlock(connection, table)
        try:
            _refill()
        finally:
            for table in APPEND_ONLY:
                appendonly.lock(connection, table)


def _remember() -> None:
    """Keep the rows of each table that has some; a database that an earlier run left has kept them."""
    tables = _tables()
    if _kept(tables):
        renew()
        return
    with scope.everywhere("the tests' database"), transaction.atomic(), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}")')
            if cursor.fetchone()[0]:
                cursor.execute(f'CREATE TABLE "{KEPT}{table}" AS SELECT * FROM "{table}"')


def _refill() -> None:
    tables = _tables()
    with transaction.atomic(), connection.cursor() as cursor:
        for table in _filled(tables):
            cursor.execute(f'DELETE FROM "{table}"')
        for table in _kept(tables):
            cursor.execute(f'INSERT INTO "{table}" SELECT * FROM "{KEPT}{table}"')


def _filled(tables: list[str]) -> list[str]:
    own = [name for name in tables if not name.startswith(KEPT)]
    if connection.vendor != "postgresql":
        return own
    with connection.cursor() as cursor:
        cursor.execute(_FILLED)
        filled = {row[0] for row in cursor.fetchall()}
    return [name for name in own if name in filled]


def _kept(tables: list[str]) -> list[str]:
    return [name.removeprefix(KEPT) for name in tables if name.startswith(KEPT)]


def _tables() -> list[str]:
    """Return the tables of the database without Django's own note of the migrations."""
    return sorted(set(connection.introspection.table_names()) - {"django_migrations"})
