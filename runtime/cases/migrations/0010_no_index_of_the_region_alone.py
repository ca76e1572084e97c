"""Drop the indexes of events and tasks that hold nothing but the region; no table is made anew for it."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

MODELS = ("CaseEvent", "Task")


def drop(apps: Any, schema_editor: Any) -> None:
    for name in MODELS:
        model = apps.get_model("cases", name)
        for index in schema_editor._constraint_names(model, ["region_id"], index=True):
            schema_editor.execute(schema_editor._delete_index_sql(model, index))


def make(apps: Any, schema_editor: Any) -> None:
    for name in MODELS:
        model = apps.get_model("cases", name)
        schema_editor.execute(
            schema_editor._create_index_sql(model, fields=[model._meta.get_field("region")])
        )


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_moves")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(drop, make)],
            state_operations=[
                migrations.AlterField(
                    model_name=name.lower(),
                    name="region",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.region",
                    ),
                )
                for name in MODELS
            ],
        )
    ]
