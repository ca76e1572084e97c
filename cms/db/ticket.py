"""A first-come-first-served lock. SQLite's own waiting lets one thread starve; this queue does not."""

from __future__ import annotations

import threading
from collections import deque


class Ticket:
    """One holder at a time; those who wait are served in the order they came."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._held = False
        self._waiting: deque[threading.Lock] = deque()

    def acquire(self, timeout: float) -> bool:
        """Take the ticket; return False when `timeout` seconds were not enough."""
        with self._mutex:
            if not self._held:
                self._held = True
                return True
            gate = threading.Lock()
            gate.acquire()
            self._waiting.append(gate)
        if gate.acquire(timeout=timeout):
            return True
        with self._mutex:
            try:
                self._waiting.remove(gate)
            except ValueError:  # handed over in the very moment of giving up
                return True
            return False

    def release(self) -> None:
        """Hand the ticket to whoever has waited longest."""
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._held = False


_tickets: dict[str, Ticket] = {}
_registry = threading.Lock()


def ticket_for(database: str) -> Ticket:
    """Return the one ticket of a database file in this process."""
    with _registry:
        return _tickets.setdefault(database, Ticket())
