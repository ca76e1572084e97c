"""Row-level security: the policies that keep a region's rows to itself inside PostgreSQL.

Every model deriving from `ScopedModel` gets one policy, also binding on the tables' owner. The
application must connect as a role that is neither a superuser nor allowed to bypass row security.
"""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps
from django.db import connections, models

from runtime.regions.scope import EVERYWHERE, ScopedModel

POLICY = "region_wall"
_SCOPE = "current_setting('rakit.region', true)"


def scoped_models(app: AppConfig | None = None) -> list[type[models.Model]]:
    """Return the models whose rows belong to one region, of one app or of all."""
    found = app.get_models() if app else apps.get_models()
    return [model for model in found if issubclass(model, ScopedModel) and not model._meta.proxy]


def statements(table: str, column: str) -> list[str]:
    """Return the SQL that puts the wall around one table."""
    visible = f"{_SCOPE} = '{EVERYWHERE}' OR {column} = NULLIF(NULLIF({_SCOPE}, ''), '{EVERYWHERE}')::bigint"
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"DROP POLICY IF EXISTS {POLICY} ON {table}",
        f"CREATE POLICY {POLICY} ON {table} USING ({visible}) WITH CHECK ({visible})",
    ]


def walled_tables(using: str) -> set[str]:
    """Return the tables that have the policy switched on and binding on their owner."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid "
            "JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE n.nspname = current_schema() AND p.polname = %s "
            "AND c.relrowsecurity AND c.relforcerowsecurity",
            [POLICY],
        )
        return {row[0] for row in cursor.fetchall()}


def build(app: AppConfig, using: str) -> None:
    """Put the wall around the scoped tables of `app` that lack it; nothing to do on SQLite."""
    connection = connections[using]
    wanted = scoped_models(app)
    if connection.vendor != "postgresql" or not wanted:
        return
    existing = set(connection.introspection.table_names()) - walled_tables(using)
    with connection.cursor() as cursor:
        for model in wanted:
            if model._meta.db_table not in existing:
                continue
            table = connection.ops.quote_name(model._meta.db_table)
            column = connection.ops.quote_name(f"{model._meta.get_field('region').name}_id")
            for statement in statements(table, column):
                cursor.execute(statement)


def after_migrate(*, app_config: AppConfig, using: str, **kwargs: Any) -> None:
    """Receive `post_migrate`: a new scoped table never stays without its wall."""
    build(app_config, using)
