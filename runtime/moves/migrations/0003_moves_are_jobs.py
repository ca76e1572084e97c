"""Each plan that is under way gets the job that goes on with it."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from runtime.regions import scope


def begin(apps: Any, schema_editor: Any) -> None:
    Batch, Job = apps.get_model("moves", "Batch"), apps.get_model("jobs", "Job")
    with scope.everywhere("the moves of all regions become jobs"):
        for batch in Batch.objects.filter(state__in=("planning", "moving", "undoing")):
            batch.job = Job.objects.create(
                region_id=batch.region_id,
                kind="move",
                by_id=batch.by_id,
                asked_at=batch.made_at,
                arguments={"batch": batch.pk},
            )
            batch.save(update_fields=["job"])


def unlink(apps: Any, schema_editor: Any) -> None:
    """A plan is worked off again by the beat of its own."""
    with scope.everywhere("the moves of all regions stand alone again"):
        apps.get_model("moves", "Batch").objects.update(job=None)
        apps.get_model("jobs", "Job").objects.filter(kind="move").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("moves", "0002_no_index_of_the_region_alone"),
        ("jobs", "0002_asked_at_the_command_line"),
    ]

    operations = [
        migrations.AddField(
            model_name="batch",
            name="job",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="jobs.job",
            ),
        ),
        migrations.RunPython(begin, unlink),
    ]
