"""`manage.py prepare` brings texts, database, static files and the demonstration up to date."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    """The steps of `make run` that need Django, in one process."""

    help = "Compile texts, migrate, collect static files and load the demonstration."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Collecting takes longest and is asked for only after a change."""
        parser.add_argument("--collect", action="store_true", help="collect and compress static files")

    def handle(self, *args: Any, collect: bool = False, **options: Any) -> None:
        """Run each step and say how long it took; files are collected beside the database's steps."""
        self._step("texts", "Compiling translations")
        collecting = _collecting() if collect and not settings.DEBUG else None
        try:
            self._step("migrate", "Preparing the database", interactive=False, verbosity=0)
            if settings.RAKIT_DEMO:
                self._step("areas", "Loading the areas of Indonesia", "load")
                self._step("demo", "Loading the demonstration", verbosity=0)
        finally:
            status = collecting.wait() if collecting else 0
        if status:
            raise CommandError("The static files could not be collected; the lines above say why.")

    def _step(self, command: str, title: str, *arguments: str, **options: Any) -> None:
        started = time.monotonic()
        call_command(command, *arguments, stdout=self.stdout, **options)
        self.stdout.write(f"  {title}: {time.monotonic() - started:.1f} s")


def _collecting() -> subprocess.Popen[bytes]:
    """Begin to collect and compress static files in a process of its own, for it needs no database."""
    manage = settings.BASE_DIR / "manage.py"
    return subprocess.Popen(  # noqa: S603 - our own manage.py
        [sys.executable, str(manage), "collectstatic", "--noinput", "--verbosity", "0"],
        stdin=subprocess.DEVNULL,
    )
