"""Give the questions that are asked again and again the index they need; see `regions.indexes`."""

from django.db import migrations, models

from runtime.regions import indexes


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_register_book")]

    operations = [
        indexes.without("cases", "Case", "Message", "Correction", "Move", "Attachment", "Verification"),
        migrations.AddIndex(
            "attachment", models.Index(fields=["region", "draft_token"], name="attachment_of_draft")
        ),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["region", "parent"],
                condition=models.Q(parent__isnull=False),
                name="case_children",
            ),
        ),
        migrations.AddIndex(
            "task",
            models.Index(
                fields=["region", "claimed_by"],
                condition=models.Q(claimed_by__isnull=False, closed_at__isnull=True),
                name="task_in_hand",
            ),
        ),
    ]
