"""`manage.py reconcile_files`: delete files nobody holds, report files that are gone. For every night."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from runtime.cases import attachments, proof
from runtime.regions import scope


class Command(BaseCommand):
    """Compare stored files with their rows, both ways; end with 1 when a case lacks a file."""

    help = "Deletes files of abandoned drafts and stray files; reports attachments without their file."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        found = attachments.reconcile(now=now)
        with scope.everywhere("old tries of all regions are forgotten"):
            proof.forget_attempts(now=now)
        self.stdout.write(
            f"{found.expired} files of old drafts and {found.stray_files} stray files deleted, "
            f"{len(found.missing)} files missing"
        )
        for pk in found.missing:
            self.stderr.write(f"missing: {pk}")
        if found.missing:
            sys.exit(1)
