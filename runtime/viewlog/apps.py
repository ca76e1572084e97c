"""The app `viewlog`, as Django is told of it."""

from django.apps import AppConfig


class ViewlogConfig(AppConfig):
    name = "runtime.viewlog"
    label = "viewlog"
    default_auto_field = "django.db.models.BigAutoField"
