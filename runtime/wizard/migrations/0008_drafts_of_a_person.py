from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wizard", "0007_places_of_files_in_pieces")]

    operations = [
        migrations.AddIndex(
            "draft",
            models.Index(
                fields=["region", "owner"],
                condition=models.Q(owner__isnull=False),
                name="draft_of_person",
            ),
        ),
    ]
