"""Let the index of open tasks give each post's list in order; what it then takes over has no index more."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

OPEN = models.Q(closed_at__isnull=True)


def drop(apps: Any, schema_editor: Any) -> None:
    model = apps.get_model("cases", "Task")
    for index in schema_editor._constraint_names(model, ["office_id"], index=True):
        schema_editor.execute(schema_editor._delete_index_sql(model, index))


def make(apps: Any, schema_editor: Any) -> None:
    model = apps.get_model("cases", "Task")
    schema_editor.execute(schema_editor._create_index_sql(model, fields=[model._meta.get_field("office")]))


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_no_index_of_the_region_alone")]

    operations = [
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=OPEN,
                fields=["region", "role", "office", "due_at", "opened_at"],
                name="task_open_due",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=OPEN, fields=["region", "role", "office", "opened_at"], name="task_open_new"
            ),
        ),
        migrations.RemoveIndex(model_name="task", name="task_open"),
        migrations.RemoveIndex(model_name="task", name="task_of_post"),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(drop, make)],
            state_operations=[
                migrations.AlterField(
                    model_name="task",
                    name="office",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.region",
                    ),
                )
            ],
        ),
    ]
