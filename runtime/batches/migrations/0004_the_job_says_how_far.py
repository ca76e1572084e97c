import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("batches", "0003_batches_are_jobs"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="batch", name="batch_unfinished"),
        migrations.RemoveField(model_name="batch", name="lease_until"),
        migrations.RemoveField(model_name="batch", name="cancelled_at"),
        migrations.RemoveField(model_name="batch", name="finished_at"),
        migrations.AlterField(
            model_name="batch",
            name="job",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="jobs.job"
            ),
        ),
    ]
