import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("regions", "0009_heads_of_offices"),
    ]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="given_at",
            field=models.DateTimeField(null=True, verbose_name="given at"),
        ),
        migrations.AlterField(
            model_name="membership",
            name="given_at",
            field=models.DateTimeField(default=django.utils.timezone.now, null=True, verbose_name="given at"),
        ),
    ]
