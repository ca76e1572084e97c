"""The app `datasets`, as Django is told of it."""

from django.apps import AppConfig


class DatasetsConfig(AppConfig):
    name = "runtime.datasets"
    label = "datasets"
    default_auto_field = "django.db.models.BigAutoField"
