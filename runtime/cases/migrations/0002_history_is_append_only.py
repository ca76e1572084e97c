"""Triggers on both databases: a line of history is never changed and never deleted."""

from django.db import migrations

from runtime.cases import appendonly


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [migrations.RunPython(appendonly.forwards, appendonly.backwards)]
