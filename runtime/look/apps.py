"""The app `look`, as Django is told of it."""

from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "runtime.look"
    label = "look"
    default_auto_field = "django.db.models.BigAutoField"
