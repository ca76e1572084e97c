"""Django's `migrate` without two waits: for garbage that is hardly any, and for an empty file's disk."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import migrate
from django.db import connections

SELDOM = (50_000, 20, 100)


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Look for garbage seldom: the models of the states live long, and looking took a third of the time."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


@contextmanager
def _nothing_to_lose(alias: str) -> Iterator[None]:
    """Let the first migration of an empty SQLite file skip its hundreds of waits for the disk."""
    connection = connections[alias]
    if connection.vendor != "sqlite" or connection.introspection.table_names():
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
    yield
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class Command(migrate.Command):
    """Bring a database up to date; what a database with rows writes is as durable as ever."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate."""
        with _seldom_collected(), _nothing_to_lose(options["database"]):
            super().handle(*args, **options)
