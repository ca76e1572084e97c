from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("moves", "0003_moves_are_jobs"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="batch", name="move_under_way"),
    ]
