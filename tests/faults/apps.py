"""What a run may shorten in the site's processes, by their environment alone."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig
from django.conf import settings


class FaultsConfig(AppConfig):
    name = "tests.faults"
    label = "faults"

    def ready(self) -> None:
        from runtime.effects import services

        if settings.RAKIT_FAULT_LEASE:
            services.LEASE = timedelta(seconds=settings.RAKIT_FAULT_LEASE)
