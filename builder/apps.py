"""The builder: staff design modules inside Wagtail's admin."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BuilderConfig(AppConfig):
    name = "builder"
    label = "builder"
    verbose_name = _("Builder")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say who may design services, and listen for what Wagtail publishes. Needs loaded models."""
        from builder import receivers

        receivers.connect()
