"""Deletes drafts that nobody came back to, with their files, all at once.

The site does so by itself, batch by batch.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from runtime.wizard import drafts, partials


class Command(BaseCommand):
    """`manage.py forget_drafts`."""

    help = "Delete expired drafts and their files."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many were deleted."""
        now, count = timezone.now(), 0
        while forgotten := drafts.forget_expired(now):
            count += forgotten
        self.stdout.write(f"Deleted {count} expired drafts.")
        self.stdout.write(f"Deleted {partials.tidy(now)} files that were never sent to the end.")
