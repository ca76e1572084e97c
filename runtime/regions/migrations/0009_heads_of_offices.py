from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("regions", "0008_rank_and_nip"),
    ]

    operations = [
        migrations.AddField(
            model_name="role",
            name="heads",
            field=models.BooleanField(default=False, verbose_name="heads the office it is held in"),
        ),
    ]
