"""The app `effects`, as Django is told of it."""

from django.apps import AppConfig


class EffectsConfig(AppConfig):
    name = "runtime.effects"
    label = "effects"
    default_auto_field = "django.db.models.BigAutoField"
