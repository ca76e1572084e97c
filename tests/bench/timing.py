"""Medians of alternating runs: CPU for pages, wall time for durable work."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import NamedTuple


class Cost(NamedTuple):
    """Milliseconds of one transaction: until it is on the disk, and of our process alone."""

    wall: float
    cpu: float


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


def durable(works: dict[str, Callable[[], object]], *, seconds: float) -> dict[str, Cost]:
    """Return what a transaction of each work costs: of as many as fit into `seconds`, in turns."""
    costs: dict[str, Cost] = {}
    for name, work in works.items():
        done, wall, cpu = 0, time.perf_counter(), time.process_time()
        while time.perf_counter() - wall < seconds:
            work()
            done += 1
        spent = (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000
        costs[name] = Cost(spent[0] / done, spent[1] / done)
    return costs


def seconds(work: Callable[[], object]) -> float:
    """Return the wall seconds of one run."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
