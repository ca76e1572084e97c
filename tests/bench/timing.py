"""Medians of alternating runs: CPU for pages, wall time for durable work."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable


def cpu(calls: dict[str, Callable[[], object]], *, repeats: int) -> dict[str, float]:
    """Return the median CPU milliseconds of each call; the calls take turns, so noise hits all."""
    for call in calls.values():
        call()
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(repeats):
        for name, call in calls.items():
            start = time.process_time()
            call()
            taken[name].append((time.process_time() - start) * 1000)
    return {name: statistics.median(values) for name, values in taken.items()}


def rate(works: dict[str, Callable[[], int]], *, slices: int, seconds: float) -> dict[str, list[float]]:
    """Return transactions per second of each work, slice by slice, in turns.

    A work performs some transactions and returns how many.
    """
    rates: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(slices):
        for name, work in works.items():
            done, start = 0, time.perf_counter()
            while time.perf_counter() - start < seconds:
                done += work()
            rates[name].append(done / (time.perf_counter() - start))
    return rates
