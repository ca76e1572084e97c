"""Which SQLite versions may damage a database when a checkpoint races a commit (the WAL-reset bug).

Present from 3.7.0 to 3.51.2; fixed in 3.51.3 and in the back-ports 3.44.6 and 3.50.7.
Source: sqlite.org/changes.html, release 3.51.3.
"""

from __future__ import annotations


def has_wal_reset_bug(version: tuple[int, ...]) -> bool:
    """Tell whether commits and checkpoints of this version must be kept apart."""
    if (3, 44, 6) <= version < (3, 45) or (3, 50, 7) <= version < (3, 51):
        return False
    return (3, 7, 0) <= version <= (3, 51, 2)
