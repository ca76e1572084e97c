"""The app `tracking`, as Django is told of it."""

from django.apps import AppConfig


class TrackingConfig(AppConfig):
    name = "runtime.tracking"
    label = "tracking"
    default_auto_field = "django.db.models.BigAutoField"
