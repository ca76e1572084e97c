from django.db import migrations

from runtime.regions import indexes


class Migration(migrations.Migration):
    dependencies = [("batches", "0001_initial")]

    operations = [indexes.without("batches", "Item")]
