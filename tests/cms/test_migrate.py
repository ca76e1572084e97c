"""`migrate` as the site runs it: quicker than Django's, and nothing of that stays behind."""

from __future__ import annotations

import gc
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from cms.management.commands import migrate

FULL = 2


def synchronous(database: BaseDatabaseWrapper) -> int:
    """Return how a SQLite connection waits for the disk: 0 not at all, 2 at every commit."""
    with database.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        return int(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
class TestMigrate:
    def test_collects_garbage_as_before_when_it_is_done(self) -> None:
        before = gc.get_threshold()
        call_command("migrate", plan=True, verbosity=0, stdout=StringIO())
        assert gc.get_threshold() == before
        assert gc.get_freeze_count() == 0

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite is told how to wait for the disk")
    def test_leaves_a_connection_that_waits_for_the_disk(self) -> None:
        call_command("migrate", verbosity=0)
        assert synchronous(connection) == FULL

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite is told how to wait for the disk")
    def test_waits_for_the_disk_as_soon_as_there_is_anything_to_lose(self) -> None:
        with migrate._nothing_to_lose("default"):
            assert synchronous(connection) == FULL

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite is told how to wait for the disk")
    def test_waits_again_after_an_empty_file_was_filled(self, tmp_path: Path) -> None:
        empty = connection.copy("empty")
        empty.settings_dict = {**connection.settings_dict, "NAME": str(tmp_path / "empty.sqlite3")}
        migrate.connections["empty"] = empty
        try:
            with migrate._nothing_to_lose("empty"):
                assert synchronous(empty) == 0
            assert synchronous(empty) == FULL
        finally:
            empty.close()
            del migrate.connections["empty"]
