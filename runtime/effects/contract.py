"""What a handler is: a module with `run(row, *, now)` that is safe to repeat.

It may have `ready()` as well: whether effects of its type can be carried out in this installation.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from runtime.effects.models import EffectRun


class Hopeless(Exception):
    """Raised by a handler when trying again cannot help; the row is parked at once.

    `reason` is the word that `trouble` has a sentence for, `found` is kept in the payload for whoever
    tells more of it.
    """

    def __init__(self, told: str, *, reason: str = "", found: Any = None) -> None:
        super().__init__(told)
        self.reason = reason
        self.found = found


class Needless(Exception):
    """Raised by a handler when there is nothing to be done any more; the row is dropped with this note.

    `reason` is the word that `trouble` has a sentence for.
    """

    def __init__(self, told: str, *, reason: str = "") -> None:
        super().__init__(told)
        self.reason = reason


class Later(Exception):
    """Raised by a handler when it is not the time for it: the row waits until `until`, as if never tried."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"not before {until.isoformat()}")
        self.until = until


class Handler(Protocol):
    """What a module in `handlers/` offers."""

    def run(self, row: EffectRun, *, now: datetime) -> None:
        """Perform the effect of `row`; raise to have it tried again later."""
