"""The app `registers`, as Django is told of it."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "runtime.registers"
    label = "registers"
    default_auto_field = "django.db.models.BigAutoField"
