"""The index of what a post was ever given, no longer led by the region."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0021_ever_given_index"),
        ("regions", "0010_since_when_a_post"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(model_name="task", name="task_ever"),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["role", "office", "case", "region"], name="task_of_post"),
        ),
    ]
