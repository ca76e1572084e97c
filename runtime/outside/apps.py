"""The app `outside`, as Django is told of it."""

from django.apps import AppConfig


class OutsideConfig(AppConfig):
    name = "runtime.outside"
    label = "outside"
    default_auto_field = "django.db.models.BigAutoField"
