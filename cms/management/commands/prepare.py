"""`manage.py prepare` brings texts, database, static files and the demonstration up to date."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection


@contextmanager
def _nothing_to_lose() -> Iterator[None]:
    """Let the first migration of an empty SQLite file skip its hundreds of waits for the disk."""
    if connection.vendor != "sqlite" or connection.introspection.table_names():
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
    yield
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class Command(BaseCommand):
    """The steps of `make run` that need Django, in one process."""

    help = "Compile texts, migrate, collect static files and load the demonstration."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Collecting takes longest and is asked for only after a change."""
        parser.add_argument("--collect", action="store_true", help="collect and compress static files")

    def handle(self, *args: Any, collect: bool = False, **options: Any) -> None:
        """Run each step and say how long it took."""
        self._step("texts", "Compiling translations")
        with _nothing_to_lose():
            self._step("migrate", "Preparing the database", interactive=False, verbosity=0)
        if collect and not settings.DEBUG:
            self._step("collectstatic", "Collecting files", interactive=False, verbosity=0)
        if settings.RAKIT_DEMO:
            self._step("areas", "Loading the areas of Indonesia", "load")
            self._step("demo", "Loading the demonstration", verbosity=0)

    def _step(self, command: str, title: str, *arguments: str, **options: Any) -> None:
        started = time.monotonic()
        call_command(command, *arguments, stdout=self.stdout, **options)
        self.stdout.write(f"  {title}: {time.monotonic() - started:.1f} s")
