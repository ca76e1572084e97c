"""The app `notices`, as Django is told of it."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "runtime.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"
