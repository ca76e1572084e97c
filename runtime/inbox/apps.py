"""The app `inbox`, as Django is told of it."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "runtime.inbox"
    label = "inbox"
    default_auto_field = "django.db.models.BigAutoField"
