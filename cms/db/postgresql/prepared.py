"""Several statements in one message, each planned by the server once per connection.

Planning cost PostgreSQL ten times what running a statement of a workflow step does. A statement is
prepared under a name made of its text, so that whoever meets the name means the same.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db.utils import DatabaseError, OperationalError

logger = logging.getLogger(__name__)

Statement = tuple[str, Sequence[Any]]
Result = tuple[list[tuple[Any, ...]], int]

_UNKNOWN, _KNOWN = "26000", "42P05"  # there is no statement of that name · there is one already


class Prepared:
    """What one connection's server has been told to keep.

    A pooler that hands each transaction to another server breaks the promise. It is then no longer asked
    for: `run` raises once what makes the transaction be tried again, and afterwards sends plain statements.
    """

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.trusted = True

    def forget(self) -> None:
        """Begin anew with a new connection."""
        self.names.clear()

    def run(self, cursor: Any, statements: Sequence[Statement]) -> list[Result]:
        """Return what each statement gave back and how many rows it touched."""
        parts = [self._called(cursor, sql) for sql, _ in statements] if self.trusted else _plain(statements)
        values = [value for _, given in statements for value in given]
        try:
            cursor.execute("; ".join(parts), values)
        except DatabaseError as error:
            self._doubt(error)
            raise
        results = [_result(cursor)]
        while cursor.nextset():
            results.append(_result(cursor))
        return results

    def _called(self, cursor: Any, sql: str) -> str:
        """Return the call of a statement, after making it known to the server."""
        name, called, text = _named(sql)
        if name not in self.names:
            try:
                cursor.execute(text)
            except DatabaseError as error:
                self._doubt(error)
                raise
            self.names.add(name)
        return called

    def _doubt(self, error: DatabaseError) -> None:
        if getattr(error.__cause__, "sqlstate", None) not in {_UNKNOWN, _KNOWN}:
            return
        self.trusted = False
        logger.warning(
            "A pooler between us and PostgreSQL changes servers between transactions: "
            "steps of cases are planned anew each time, which is slower. A pool per session avoids it."
        )
        raise OperationalError("The server does not keep prepared statements.") from error.__cause__


@lru_cache(maxsize=256)
def _named(sql: str) -> tuple[str, str, str]:
    """Return the name of a statement, how it is called, and how the server is told about it."""
    name = f"rakit_{hashlib.sha256(sql.encode()).hexdigest()[:16]}"
    first, *others = sql.split("%s")
    told = first + "".join(f"${n}{part}" for n, part in enumerate(others, 1))
    places = f"({', '.join(['%s'] * len(others))})" if others else ""
    return name, f"EXECUTE {name}{places}", f"PREPARE {name} AS {told}"


def _plain(statements: Sequence[Statement]) -> list[str]:
    return [sql for sql, _ in statements]


def _result(cursor: Any) -> Result:
    rows = cursor.fetchall() if cursor.pgresult.nfields else []
    return rows, cursor.rowcount
