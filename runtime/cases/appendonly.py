"""Triggers that let nobody change or delete a row of a table, such as history, for both databases."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

HISTORY = "cases_caseevent"
MESSAGE = "history is append-only"


def lock(connection: BaseDatabaseWrapper, table: str = HISTORY) -> None:
    """Create the triggers."""
    _run(connection, _postgresql(table) if connection.vendor == "postgresql" else _sqlite(table))


def unlock(connection: BaseDatabaseWrapper, table: str = HISTORY) -> None:
    """Remove the triggers: for taking the migration back and for emptying a test database."""
    _run(connection, _postgresql_off(table) if connection.vendor == "postgresql" else _sqlite_off(table))


def forwards(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    lock(editor.connection)


def backwards(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    unlock(editor.connection)


def _sqlite(table: str) -> tuple[str, ...]:
    return tuple(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        for verb in ("UPDATE", "DELETE")
    )


def _sqlite_off(table: str) -> tuple[str, ...]:
    return tuple(f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for verb in ("update", "delete"))


def _postgresql(table: str) -> tuple[str, ...]:
    return (
        f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation'; END $$",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
    )


def _postgresql_off(table: str) -> tuple[str, ...]:
    return (
        f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}",
        f"DROP FUNCTION IF EXISTS {table}_refuse()",
    )


def _run(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
