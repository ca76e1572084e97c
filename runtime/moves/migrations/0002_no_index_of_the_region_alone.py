from django.db import migrations

from runtime.regions import indexes


class Migration(migrations.Migration):
    dependencies = [("moves", "0001_initial")]

    operations = [indexes.without("moves", "Item")]
