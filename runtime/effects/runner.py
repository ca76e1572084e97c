"""The embedded runner: one thread that works the outbox off and calls what is due by the clock.

It wakes up after each commit of its own process, and every two seconds for rows of others. It
survives any failure of the database: it waits and goes on. Celery needs none of this.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from functools import cache
from multiprocessing.util import Finalize
from time import monotonic

from django.db import close_old_connections, connections
from django.utils import timezone

from runtime.effects import heartbeat, services, wake

logger = logging.getLogger(__name__)


class Runner:
    """A thread that can be started and stopped once."""

    def __init__(
        self,
        *,
        clock: Callable[[], datetime] = timezone.now,
        pause: float = 2.0,
        beat_every: float = 5.0,
    ) -> None:
        self._clock = clock
        self._pause = pause
        self._beat_every = beat_every
        self._beat_at = 0.0
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin in a thread of its own."""
        self._thread = threading.Thread(target=self.work, name="effect-runner", daemon=True)
        self._thread.start()

    def stop(self, timeout: float = 10.0) -> bool:
        """Finish the row under way and end; return whether that was done in time."""
        self._stop.set()
        wake.wanted.set()
        if self._thread is None:
            return True
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def work(self) -> None:
        """Work until stopped, in the calling thread."""
        try:
            while not self._stop.is_set():
                self._round()
        finally:
            connections.close_all()

    def _round(self) -> None:
        wake.wanted.clear()
        pause = self._pause
        try:
            close_old_connections()
            if self.once():
                pause = 0.0
        except Exception:  # the runner outlives whatever a round ends in
            logger.exception("a round of the effect runner failed")
            connections.close_all()
        if pause and not self._stop.is_set():
            wake.wanted.wait(pause)

    def once(self) -> int:
        """Do what is due now, a batch at most; return how much was done."""
        done = 0
        if monotonic() >= self._beat_at:
            done += heartbeat.all_beats(self._clock())
            self._beat_at = monotonic() + self._beat_every
        for _ in range(100):
            if self._stop.is_set() or not services.run_due(now=self._clock(), limit=1):
                break
            done += 1
        return done


@cache
def start_embedded() -> Runner:
    """Start the runner of this process; call it once, while the process starts.

    A process that is told to end lets the row under way come to its end: a mail that was sent and not
    noted would be sent again. Workers of a web server end as children of `multiprocessing`, without the
    functions of `atexit`.
    """
    runner = Runner()
    runner.start()
    longest = services.LEASE.total_seconds()
    Finalize(None, runner.stop, kwargs={"timeout": longest}, exitpriority=1)
    return runner
