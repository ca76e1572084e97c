"""Run a whole transaction again when the database asked for it, and only where that is harmless.

Harmless means: the work is idempotent by its own key (submit key, command key), and no transaction
is open around it. A lock that stays taken ends in the database's own error: whoever has waited for it has
waited long enough, and only what was refused at once is tried again.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection

T = TypeVar("T")
TRIES = 3
PATIENCE = 1.0  # seconds
# serialization failure, deadlock, lock not available; a prepared statement is unknown, or known already
_AGAIN = {"40001", "40P01", "55P03", "26000", "42P05"}


def once_more(work: Callable[[], T]) -> T:
    """Return `work()`; on a lock or serialization failure try at most twice more, if it came soon."""
    began = time.monotonic()
    for left in reversed(range(TRIES)):
        try:
            return work()
        except OperationalError as error:
            waited = time.monotonic() - began > PATIENCE
            if left == 0 or waited or connection.in_atomic_block or not _asks_for_it(error):
                raise
        time.sleep(random.uniform(0.01, 0.05))  # noqa: S311 - jitter
    raise AssertionError("unreachable")


def _asks_for_it(error: OperationalError) -> bool:
    state = getattr(error.__cause__, "sqlstate", None)
    return state in _AGAIN or "locked" in str(error)
