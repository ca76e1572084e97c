"""The kinds of jobs: what a kind can do, and which there are. Apps above register theirs when they start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from runtime.jobs.models import Job


class Cannot(Exception):
    """The work must not go on, and trying again helps nothing; `why` is a short code for the job's page."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the work: how much it was, where the work then stands, whether nothing is left.

    `write` is called in the transaction that notes the part: its rows stand exactly once, or not at all.
    What else a part made (a file, in the job's folder) is thrown away with the job, or made again when a
    process dies before that. `rest`: nothing can be done at the moment, so the job waits for the next beat.
    """

    done: int
    place: dict[str, Any]
    over: bool
    write: Callable[[], None] = field(default=lambda: None)
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What is handed over: a file by its name in the storage, and what the reader's copy is called."""

    file: str
    name: str
    size: int


class Kind(Protocol):
    """One kind of work. All it keeps between two calls is in the row: another process may go on with it."""

    key: str
    keep: timedelta
    """How long a file of this kind is kept."""
    gives_up: bool
    """Whether a job has failed after some failures in a row; else it is tried on and on, with rests."""

    def count(self, job: Job, now: datetime) -> int:
        """Return how much there is to do. Raises `Cannot`."""

    def part(self, job: Job, now: datetime) -> Part:
        """Do the next part, beginning where `job.place` says. Raises `Cannot`."""

    def finish(self, job: Job, alive: Callable[[], None], now: datetime) -> Result | None:
        """Put the parts together; call `alive` now and then, at least once in some seconds."""


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known under its key."""
    _kinds[kind.key] = kind


def get(key: str) -> Kind | None:
    """Return the kind called `key`, None when no app knows it (any more)."""
    return _kinds.get(key)
