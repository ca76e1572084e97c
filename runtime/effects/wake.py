"""Tell whoever works the outbox off that there is something new. A hint may be lost; rows are not.

With the embedded runner a hint sets an event of this process. With Celery a thread of this process
sends the row ids to the broker, so that a dead or silent broker never holds a request up.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Sequence

from celery import current_app
from django.conf import settings

logger = logging.getLogger(__name__)

Send = Callable[[list[int]], None]


class Publisher:
    """A short queue in front of the broker. When it is full, hints are dropped: the sweep finds the rows."""

    def __init__(self, send: Send, size: int = 1000) -> None:
        self._send = send
        self._waiting: queue.Queue[list[int]] = queue.Queue(maxsize=size)
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def hint(self, ids: Sequence[int]) -> bool:
        """Queue a hint without ever waiting; return False when it was dropped."""
        try:
            self._waiting.put_nowait(list(ids))
        except queue.Full:
            return False
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="effect-hints", daemon=True)
                self._thread.start()
        return True

    def _work(self) -> None:
        while True:
            ids = self._waiting.get()
            try:
                self._send(ids)
            except Exception as error:
                logger.warning("hint for %d effects not sent: %s", len(ids), error)


def _send(ids: list[int]) -> None:
    current_app.send_task(RUN, args=[ids], retry=False, ignore_result=True)


RUN = "effects.run"
wanted = threading.Event()  # the embedded runner of this process waits for it
publisher = Publisher(_send)


def hint(ids: Sequence[int]) -> None:
    """Say that these rows are new. Never waits, never fails."""
    if settings.RAKIT_QUEUE == "celery":
        publisher.hint(ids)
    else:
        wanted.set()
