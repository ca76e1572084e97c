"""Work that is due by the clock, registered by the apps above: the runner and the beat call it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

Beat = Callable[[datetime], int]
_beats: dict[str, Beat] = {}


def register(name: str, beat: Beat) -> None:
    """Have `beat(now)` called every few seconds; it returns how much it did."""
    _beats[name] = beat


def all_beats(now: datetime) -> int:
    """Call every registered beat once and return how much they did together."""
    return sum(beat(now) for beat in tuple(_beats.values()))
