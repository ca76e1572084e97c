"""The app `account`, as Django is told of it."""

from django.apps import AppConfig


class AccountConfig(AppConfig):
    name = "runtime.account"
    label = "citizen"  # "account" is allauth's
    default_auto_field = "django.db.models.BigAutoField"
