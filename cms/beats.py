"""Housekeeping that the site does by itself: scheduled publishing, and files that belong to nobody."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.core.management import call_command

from runtime.cases import services as cases
from runtime.effects import heartbeat
from runtime.wizard import partials

logger = logging.getLogger(__name__)


def publish_scheduled(now: datetime) -> int:
    """Publish and take down what the clerks have scheduled."""
    call_command("publish_scheduled")
    return 0


def reconcile_files(now: datetime) -> int:
    """Delete files of abandoned drafts, half sent and stray ones; a case without its file is told loudly."""
    found = cases.reconcile_files(now=now)
    for pk in found.missing:
        logger.error("the file of attachment %s is missing", pk)
    return found.expired + found.stray_files + partials.tidy(now)


def register() -> None:
    """Have the runner and the beat do both."""
    heartbeat.register("scheduled publishing", publish_scheduled, every=timedelta(minutes=1))
    heartbeat.register("files of nobody", reconcile_files, every=timedelta(hours=24))
