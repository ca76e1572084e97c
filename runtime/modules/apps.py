"""The app `modules`, as Django is told of it."""

from django.apps import AppConfig


class ModulesConfig(AppConfig):
    name = "runtime.modules"
    label = "modules"
    default_auto_field = "django.db.models.BigAutoField"
