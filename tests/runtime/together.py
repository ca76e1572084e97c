"""Run the same work in many threads that begin at the same moment, each with its own connection."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connections

T = TypeVar("T")


def together(times: int, work: Callable[[int], T], *, at_once: int = 8) -> list[T]:
    """Return the results of `work(0)` … `work(times - 1)`, `at_once` of them starting together."""
    gate = threading.Barrier(min(times, at_once))

    def one(n: int) -> T:
        if n < at_once:
            gate.wait(10)
        try:
            return work(n)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=at_once) as pool:
        return list(pool.map(one, range(times)))
