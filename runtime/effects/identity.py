"""The name of a delivery: the same on each attempt, telling nothing of the case."""

from __future__ import annotations

import hashlib

from runtime.effects.models import EffectRun


def of(row: EffectRun) -> str:
    """Return the name that receivers know the effect by."""
    return hashlib.sha256(row.dedupe.encode()).hexdigest()[:32]
