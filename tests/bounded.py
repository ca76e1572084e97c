"""A bound on work that could blow up: far above what it takes anywhere, far below what a blow-up takes.

Machines are noisy: how long something takes is for `make bench` to say, never for a test.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS = 20


@contextmanager
def bounded() -> Iterator[None]:
    """Fail when what is done inside costs this thread more than 20 seconds of the processor."""
    began = time.thread_time()
    yield
    taken = time.thread_time() - began
    assert taken < SECONDS, f"{taken:.0f} s of the processor"
