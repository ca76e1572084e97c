"""Work that is due by the clock, registered by the apps above: the runner and the beat call it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

logger = logging.getLogger(__name__)
Beat = Callable[[datetime], int]


@dataclass(slots=True)
class _Registered:
    beat: Beat
    every: timedelta
    last: datetime | None = None


_beats: dict[str, _Registered] = {}


def register(name: str, beat: Beat, *, every: timedelta = timedelta(0)) -> None:
    """Have `beat(now)` called every few seconds, or once in `every`; it returns how much it did.

    Each process that beats keeps its own time, so a beat is safe to call twice at once.
    """
    _beats[name] = _Registered(beat, every)


def all_beats(now: datetime) -> int:
    """Call every registered beat that is due and return how much they did together.

    One that fails holds up neither the others nor what its caller does next; without a database all fail.
    """
    done = 0
    for name, registered in tuple(_beats.items()):
        if registered.last is not None and timedelta(0) <= now - registered.last < registered.every:
            continue
        registered.last = now
        try:
            done += registered.beat(now)
        except Exception:
            logger.exception("the beat “%s” failed", name)
            connection.close_if_unusable_or_obsolete()
            connection.ensure_connection()
    return done
