"""Start-up of the site: the checks and receivers that belong to no single app."""

from __future__ import annotations

from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.core import checks
from django.db.models.signals import post_migrate

from cms import checks as own


class CmsConfig(AppConfig):
    """The composition root."""

    name = "cms"
    label = "cms"
    default = True
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what must run after each migration and at each start."""
        from cms import (
            beats,
            celery,  # noqa: F401 - jobs are sent through this application
        )
        from cms.words import labels
        from runtime.regions import rls  # models can be imported from here on

        beats.register()
        labels.give()
        post_migrate.connect(rls.after_migrate, dispatch_uid="rls")
        checks.register(own.sqlite_version)
        checks.register(own.database_role, checks.Tags.database)
        checks.register(own.celery_settings)


class OperatorsAdminConfig(admin.AdminConfig):
    """Django's admin with a door of our own."""

    default = False
    default_site = "cms.operators.OperatorsSite"
