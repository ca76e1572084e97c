"""The app `areas`, as Django is told of it."""

from django.apps import AppConfig


class AreasConfig(AppConfig):
    name = "runtime.areas"
    label = "areas"
    default_auto_field = "django.db.models.BigAutoField"
