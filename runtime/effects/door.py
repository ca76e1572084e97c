"""Where an app above effects registers to carry out a type of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from runtime.effects.contract import Hopeless
from runtime.effects.models import EffectRun

Doer = Callable[[EffectRun, datetime], None]


class Door:
    """One type of effect and whoever does it; `nobody` is noted as long as nobody has registered."""

    def __init__(self, nobody: str) -> None:
        self._nobody = nobody
        self._doer: Doer | None = None

    def register(self, doer: Doer) -> None:
        """Have `doer(row, now)` called for each effect; asked again it does nothing more."""
        self._doer = doer

    def ready(self) -> bool:
        """Tell whether anybody does it."""
        return self._doer is not None

    def run(self, row: EffectRun, *, now: datetime) -> None:
        """Have the effect of `row` done."""
        if self._doer is None:
            raise Hopeless(self._nobody)
        self._doer(row, now)
