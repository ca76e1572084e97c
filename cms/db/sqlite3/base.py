"""Django's SQLite backend with a fair queue of writers and checkpoints that never race a commit.

Every write of this process, in a transaction or alone, holds the ticket of the database file, so
threads wait in the order they came. Where SQLite has the WAL-reset bug, automatic checkpoints are
off and one is made now and then by the holder of the ticket, right after its own commit.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from time import monotonic
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from cms.db.sqlite3.versions import has_wal_reset_bug
from cms.db.ticket import Ticket, ticket_for

_WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP|VACUUM|WITH)\b", re.IGNORECASE)
_COMMITS_BETWEEN_LOOKS = 64
_LONG_STATEMENT = 4096  # characters; long ones are lists of values and hardly come twice
_LARGE_LOG = 4 * 1024 * 1024
_AT_ONCE = 0.05  # seconds


class Cursor(base.SQLiteCursorWrapper):
    """A cursor whose writes outside a transaction take the ticket for as long as they run."""

    def __init__(self, connection: sqlite3.Connection, wrapper: DatabaseWrapper) -> None:
        super().__init__(connection)
        self.wrapper = wrapper

    def execute(self, query: str, params: Any = None) -> Any:
        """Run one statement."""
        if self.wrapper.holds_ticket:
            return super().execute(query, params)
        with self.wrapper.queued(query):
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        """Run one statement for each row of parameters."""
        if self.wrapper.holds_ticket:
            return super().executemany(query, param_list)
        with self.wrapper.queued(query):
            return super().executemany(query, param_list)

    def convert_query(self, query: str, *, param_names: Any = None) -> str:
        """Return the statement with the placeholders SQLite has; those asked again and again only once."""
        if param_names is not None or len(query) > _LONG_STATEMENT:
            return str(super().convert_query(query, param_names=param_names))
        return _converted(query)


@lru_cache(maxsize=256)
def _converted(query: str) -> str:
    return str(base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%"))


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection. `_ticket` is set while it holds the queue's ticket."""

    guarded = has_wal_reset_bug(sqlite3.sqlite_version_info)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ticket: Ticket | None = None
        self._commits = 0

    def get_new_connection(self, conn_params: Any) -> Any:
        """Open the file and switch automatic checkpoints off where they are dangerous."""
        connection = super().get_new_connection(conn_params)
        if self.guarded:
            connection.execute("PRAGMA wal_autocheckpoint=0")
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        """Return a cursor that queues its writes."""
        return self.connection.cursor(factory=lambda connection: Cursor(connection, self))

    def together(self, statements: Sequence[tuple[str, Sequence[Any]]]) -> list[tuple[list[Any], int]]:
        """Run statements one after the other; return the rows each gave back and how many it touched."""
        results = []
        with self.cursor() as cursor, self.wrap_database_errors:
            bare = cursor.cursor  # each look at a result through Django's cursor costs as much as the row
            for sql, given in statements:
                cursor.execute(sql, given)
                results.append((bare.fetchall() if bare.description else [], bare.rowcount))
        return results

    @property
    def holds_ticket(self) -> bool:
        """Whether this connection is the one whose turn it is."""
        return self._ticket is not None

    @contextmanager
    def queued(self, query: str) -> Iterator[None]:
        """Hold the ticket around a write that is not part of a transaction."""
        if self._ticket is not None or self.connection.in_transaction or not _WRITES.match(query):
            yield
            return
        self._take_ticket()
        try:
            yield
            self._checkpoint_if_large()
        finally:
            self._give_ticket_back()

    def _start_transaction_under_autocommit(self) -> None:
        began = monotonic()
        self._take_ticket()
        try:
            with self._patience_left(monotonic() - began):
                super()._start_transaction_under_autocommit()  # type: ignore[misc]  # Django's, without types
        except BaseException:
            self._give_ticket_back()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # Django's, without types
        self._checkpoint_if_large()
        self._give_ticket_back()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # Django's, without types
        finally:
            self._give_ticket_back()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # Django's, without types
        finally:
            self._give_ticket_back()

    @property
    def _patience(self) -> float:
        return float(self.settings_dict["OPTIONS"].get("timeout", 5))

    @contextmanager
    def _patience_left(self, waited: float) -> Iterator[None]:
        """Have SQLite wait for another process only as long as is left after waiting for the ticket."""
        if waited < _AT_ONCE:
            yield
            return
        left = max(self._patience - waited, 0.0)
        self.connection.execute(f"PRAGMA busy_timeout={int(left * 1000)}")
        try:
            yield
        finally:
            self.connection.execute(f"PRAGMA busy_timeout={int(self._patience * 1000)}")

    def _take_ticket(self) -> None:
        if self._ticket is not None:
            return
        ticket = ticket_for(str(self.settings_dict["NAME"]))
        if not ticket.acquire(timeout=self._patience):
            raise OperationalError("database is locked: waited too long for the other writers")
        self._ticket = ticket

    def _give_ticket_back(self) -> None:
        ticket, self._ticket = self._ticket, None
        if ticket is not None:
            ticket.release()

    def _checkpoint_if_large(self) -> None:
        """Move the log into the database file when it has grown; only ever under the ticket."""
        self._commits += 1
        if not self.guarded or self._commits % _COMMITS_BETWEEN_LOOKS or self.connection.in_transaction:
            return
        with suppress(OSError, sqlite3.OperationalError):  # a statement may still be open: next time, then
            if os.stat(f"{self.settings_dict['NAME']}-wal").st_size > _LARGE_LOG:
                self.connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
