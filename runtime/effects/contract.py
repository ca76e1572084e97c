"""What a handler is: a module with `run(row, *, now)` that is safe to repeat."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from runtime.effects.models import EffectRun


class Hopeless(Exception):
    """Raised by a handler when trying again cannot help; the row is parked at once."""


class Handler(Protocol):
    """What a module in `handlers/` offers."""

    def run(self, row: EffectRun, *, now: datetime) -> None:
        """Perform the effect of `row`; raise to have it tried again later."""
