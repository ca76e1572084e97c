"""An operation for migrations: drop the index that holds nothing but the region of a row.

A row is asked for by region and something else. An index of the region alone then looks to SQLite, which
keeps no statistics here, as good as the right one, and leads it through all rows of the region.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations, models
from django.db.models import PROTECT


def without(app: str, *names: str) -> migrations.SeparateDatabaseAndState:
    """Return the operation for these models of `app`, whose region is protected; no table is made anew."""

    def drop(apps: Any, schema_editor: Any) -> None:
        for model in (apps.get_model(app, name) for name in names):
            for index in schema_editor._constraint_names(model, ["region_id"], index=True):
                schema_editor.execute(schema_editor._delete_index_sql(model, index))

    def make(apps: Any, schema_editor: Any) -> None:
        for model in (apps.get_model(app, name) for name in names):
            field = model._meta.get_field("region")
            schema_editor.execute(schema_editor._create_index_sql(model, fields=[field]))

    return migrations.SeparateDatabaseAndState(
        database_operations=[migrations.RunPython(drop, make)],
        state_operations=[
            migrations.AlterField(
                name.lower(),
                "region",
                models.ForeignKey("regions.region", PROTECT, related_name="+", db_index=False),
            )
            for name in names
        ],
    )
