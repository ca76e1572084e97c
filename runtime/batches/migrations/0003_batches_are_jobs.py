"""Each batch gets the job that says who works on it; those that are under way go on under it."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from runtime.regions import scope


def begin(apps: Any, schema_editor: Any) -> None:
    Batch, Job = apps.get_model("batches", "Batch"), apps.get_model("jobs", "Job")
    with scope.everywhere("the batches of all regions become jobs"):
        for batch in Batch.objects.filter(job__isnull=True):
            over = batch.finished_at is not None
            ended = "cancelled" if batch.cancelled_at else "done"
            batch.job = Job.objects.create(
                region_id=batch.region_id,
                public_id=batch.public_id,
                kind="batch",
                by_id=batch.user_id,
                asked_at=batch.created_at,
                state=ended if over else "waiting",
                total=batch.items.count(),
                done=batch.items.exclude(state="waiting").count(),
                finished_at=batch.finished_at,
            )
            batch.save(update_fields=["job"])


def unlink(apps: Any, schema_editor: Any) -> None:
    """The jobs go with the column that names them; the batches say themselves how far they are."""
    Batch, Job = apps.get_model("batches", "Batch"), apps.get_model("jobs", "Job")
    with scope.everywhere("the batches of all regions stand alone again"):
        for batch in Batch.objects.select_related("job"):
            batch.finished_at = batch.job.finished_at
            batch.cancelled_at = batch.job.finished_at if batch.job.state == "cancelled" else None
            batch.job = None
            batch.save(update_fields=["finished_at", "cancelled_at", "job"])
        Job.objects.filter(Q(kind="batch")).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("batches", "0002_no_index_of_the_region_alone"),
        ("jobs", "0002_asked_at_the_command_line"),
    ]

    operations = [
        migrations.AddField(
            model_name="batch",
            name="job",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="jobs.job"
            ),
        ),
        migrations.RunPython(begin, unlink),
    ]
