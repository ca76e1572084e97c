"""The anonymise effect: what is personal in a case is removed by whoever keeps cases.

Cases stand above effects, so they register here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from runtime.effects.contract import Hopeless
from runtime.effects.models import EffectRun

Remover = Callable[[EffectRun, datetime], None]
_removers: list[Remover] = []


def register(remover: Remover) -> None:
    """Have `remover(row, now)` called for each case; asked again it does nothing more."""
    _removers[:] = [remover]


def ready() -> bool:
    """Tell whether anybody removes anything."""
    return bool(_removers)


def run(row: EffectRun, *, now: datetime) -> None:
    """Have the personal data of the case of `row` removed."""
    if not _removers:
        raise Hopeless("nobody keeps cases here")
    _removers[0](row, now)
