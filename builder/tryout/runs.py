"""Where a test run is kept: in the session of whoever tries, so that it ends with it and nobody else sees it.

Kept is a growing story and the answers on the way to it, never a case (ADR 0055).
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

NAME = "builder_tryouts"
MOST_RUNS = 5
MOST_STEPS = 40
LARGEST = 300_000


class TooLong(Exception):
    """The run has as many steps as a story may have, or holds too much."""


@dataclass
class Run:
    """A test run of a draft: of which content (`digest`), begun at which moment, filled in how far.

    `citizen` says who applies; `told` is the story once the application is filed; `been` is what runs of
    the same content before this one have gone through.
    """

    digest: str
    at: str
    filling: dict[str, Any] = field(default_factory=dict)
    told: dict[str, Any] | None = None
    been: dict[str, list[Any]] = field(default_factory=dict)
    citizen: dict[str, Any] = field(default_factory=dict)

    @property
    def steps(self) -> int:
        """How many steps were taken; -1 before the application is filed."""
        return len(self.told.get("steps", ())) if self.told is not None else -1

    def with_step(self, step: dict[str, Any]) -> dict[str, Any]:
        """Return the story with one step more; raises `TooLong`."""
        assert self.told is not None, "steps follow the filing"
        told = {**self.told, "steps": [*self.told.get("steps", ()), step]}
        if len(told["steps"]) > MOST_STEPS or len(json.dumps(told)) > LARGEST:
            raise TooLong
        return told

    def step_back(self) -> None:
        """Take the last step back, or the filing; the answers stay."""
        if self.told is None:
            return
        steps = self.told.get("steps", ())
        self.told = {**self.told, "steps": steps[:-1]} if steps else None


def load(session: SessionBase, module: int) -> Run | None:
    """Return the run of a module, None when there is none."""
    kept = session.get(NAME, {}).get(str(module))
    return Run(**kept) if kept else None


def save(session: SessionBase, module: int, run: Run) -> None:
    """Keep the run; of too many the oldest goes."""
    kept = {key: value for key, value in session.get(NAME, {}).items() if key != str(module)}
    newest = list(kept.items())[-(MOST_RUNS - 1) :]
    session[NAME] = {**dict(newest), str(module): asdict(run)}
