"""Django's PostgreSQL backend that tells the server the region in scope with each statement.

The setting `rakit.region`, which the policies of `runtime.regions.rls` read, is only ever set for one
transaction, in front of the statement and in the same message; so is how long to wait for a lock. So there
is no extra round trip, and no connection carries a region over to its next user, also not behind a
transaction pooler.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.backends.postgresql import base

from cms.db.postgresql.prepared import Prepared, Result, Statement
from runtime.regions import current as scope

_ROWS = re.compile(
    r"\s*\(*\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH|MERGE|EXPLAIN|VALUES|EXECUTE)\b", re.IGNORECASE
)
_SCOPE = re.compile(r"\d+|\*")


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection. `_told` is the scope that the open transaction has been told."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._told = scope.NOWHERE
        self._prepared = Prepared()
        self.execute_wrappers.insert(0, self._in_scope)

    def together(self, statements: Sequence[Statement]) -> list[Result]:
        """Run statements of rows in one message, inside a transaction; return their rows and touched rows."""
        if not statements:
            return []
        with self.cursor() as cursor:
            return self._prepared.run(cursor, statements)

    def _in_scope(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        """Run a statement after telling the server the region, when it does not know it yet."""
        wanted = scope.current()
        if wanted == (scope.NOWHERE if self.autocommit else self._told):
            return execute(sql, params, many, context)
        if not isinstance(sql, str) or not _ROWS.match(sql):
            return execute(sql, params, many, context)
        if many:
            with transaction.atomic(self.alias):
                self._tell(context["cursor"], wanted)
                return execute(sql, params, many, context)
        result = execute(f"{_telling(wanted)}; {sql}", params, many, context)
        context["cursor"].cursor.nextset()
        self._told = scope.NOWHERE if self.autocommit else wanted
        return result

    def _tell(self, cursor: Any, wanted: str) -> None:
        cursor.cursor.execute(_telling(wanted))
        self._told = wanted

    def _forget(self) -> None:
        self._told = scope.NOWHERE

    def _commit(self) -> Any:
        self._forget()
        return super()._commit()  # type: ignore[misc]  # Django's, without types

    def _rollback(self) -> Any:
        self._forget()
        return super()._rollback()  # type: ignore[misc]  # Django's, without types

    def _savepoint_rollback(self, sid: str) -> Any:
        self._forget()
        # The setting falls back to what it was at the savepoint; an impossible value forces a new one.
        self._told = "?"
        return super()._savepoint_rollback(sid)  # type: ignore[misc]  # Django's, without types

    def _close(self) -> Any:
        self._forget()
        self._prepared.forget()
        return super()._close()  # type: ignore[misc]  # Django's, without types


def _telling(wanted: str) -> str:
    """Return the SQL that sets region and patience for this transaction.

    No question is compiled: that costs a second, and ours are answered within a tenth of one.
    """
    if wanted and not _SCOPE.fullmatch(wanted):
        raise ValueError(f"{wanted!r} is not a region's number")
    wait = int(settings.RAKIT_LOCK_SECONDS * 1000)
    told = {"rakit.region": wanted, "lock_timeout": wait, "jit": "off"}
    return "SELECT " + ", ".join(f"set_config('{name}', '{value}', true)" for name, value in told.items())
