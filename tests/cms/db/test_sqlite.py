"""The SQLite backend: fair, durable, and without a checkpoint beside a commit."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from django.db import OperationalError, connection, connections, transaction

from cms.db.ticket import ticket_for
from runtime.regions.models import Region

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="Another database is being tested."),
]


def _ticket() -> Any:
    return ticket_for(str(connection.settings_dict["NAME"]))


class TestDatabaseWrapper:
    def test_commits_durably_with_a_write_ahead_log(self) -> None:
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
            assert cursor.execute("PRAGMA synchronous").fetchone()[0] == 2
            assert cursor.execute("PRAGMA foreign_keys").fetchone()[0] == 1

    def test_makes_checkpoints_itself_where_sqlite_has_the_bug(self) -> None:
        with connection.cursor() as cursor:
            pages = cursor.execute("PRAGMA wal_autocheckpoint").fetchone()[0]
        assert (pages == 0) is connections["default"].guarded

    def test_moves_a_large_log_into_the_file(self, tmp_path: Any) -> None:
        connections["default"].guarded = True
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE ballast (x BLOB)")
        for _ in range(130):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("INSERT INTO ballast VALUES (zeroblob(65536))")
        with connection.cursor() as cursor:
            _busy, in_log, moved = cursor.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            cursor.execute("DROP TABLE ballast")
        assert in_log < 130 * 16, "the log started over after a checkpoint"
        assert moved == in_log

    def test_holds_the_ticket_during_a_transaction_and_not_after(self) -> None:
        with transaction.atomic():
            Region.objects.create(key="a", name="A", kind="city")
            assert not _ticket().acquire(0)
        assert _ticket().acquire(0)
        _ticket().release()

    def test_gives_the_ticket_back_after_a_rollback(self) -> None:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            Region.objects.create(key="a", name="A", kind="city")
            raise ZeroDivisionError
        assert _ticket().acquire(0)
        _ticket().release()
        assert not Region.objects.exists()

    def test_gives_the_ticket_back_when_the_connection_is_closed_in_a_transaction(self) -> None:
        with transaction.atomic():
            connection.close()
        assert _ticket().acquire(0)
        _ticket().release()

    def test_writes_alone_wait_for_the_ticket(self) -> None:
        assert _ticket().acquire(0)
        done = threading.Event()

        def write() -> None:
            Region.objects.create(key="b", name="B", kind="city")
            done.set()
            connections.close_all()

        thread = threading.Thread(target=write)
        thread.start()
        assert not done.wait(0.2)
        _ticket().release()
        assert done.wait(5)
        thread.join()

    def test_reads_do_not_wait(self) -> None:
        assert _ticket().acquire(0)
        started = time.monotonic()
        assert list(Region.objects.all()) == []
        assert time.monotonic() - started < connection.settings_dict["OPTIONS"]["timeout"]
        _ticket().release()

    def test_says_the_database_is_locked_when_waiting_took_too_long(self) -> None:
        options = connection.settings_dict["OPTIONS"]
        before = options["timeout"]
        assert _ticket().acquire(0)
        options["timeout"] = 0.05
        try:
            with pytest.raises(OperationalError, match="locked"), transaction.atomic():
                pass
        finally:
            options["timeout"] = before
            _ticket().release()

    def test_waits_for_another_process_only_as_long_as_is_left(self) -> None:
        def patience() -> int:
            return int(connection.connection.execute("PRAGMA busy_timeout").fetchone()[0])

        connection.ensure_connection()
        whole = patience()
        assert whole == connection.settings_dict["OPTIONS"]["timeout"] * 1000
        with connection._patience_left(2.0):
            assert patience() == whole - 2000
        with connection._patience_left(whole):
            assert patience() == 0
        assert patience() == whole

    def test_no_writer_starves(self) -> None:
        counts = [0, 0, 0, 0]
        until = time.monotonic() + 1.0

        def write(slot: int) -> None:
            while time.monotonic() < until:
                with transaction.atomic():
                    Region.objects.create(key=f"r{slot}-{counts[slot]}", name="R", kind="city")
                counts[slot] += 1
            connections.close_all()

        threads = [threading.Thread(target=write, args=(slot,)) for slot in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert min(counts) >= 0.5 * max(counts)
