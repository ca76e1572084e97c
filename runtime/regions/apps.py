"""The app `regions`, as Django is told of it."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "runtime.regions"
    label = "regions"
    default_auto_field = "django.db.models.BigAutoField"
