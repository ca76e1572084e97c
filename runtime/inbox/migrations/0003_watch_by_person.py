"""Watched cases lose the index of the region alone: they are asked for by person."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inbox", "0002_saved_views"),
        ("regions", "0010_since_when_a_post"),
    ]

    operations = [
        migrations.AlterField(
            model_name="watch",
            name="region",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="regions.region",
            ),
        ),
    ]
