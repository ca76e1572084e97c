"""The app `profiles`, as Django is told of it."""

from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "runtime.profiles"
    label = "profiles"
    default_auto_field = "django.db.models.BigAutoField"
