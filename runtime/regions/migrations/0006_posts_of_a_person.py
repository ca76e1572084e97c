from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("regions", "0005_deadlines_mark")]

    operations = [
        migrations.AddIndex(
            "membership", models.Index(fields=["region", "user"], name="membership_of_person")
        ),
    ]
