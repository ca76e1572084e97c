"""What an adapter of an outside register is, and what asking one can come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal, Protocol

from schemas.definition import Json

Config = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking: `values` by name, nobody known by those facts, or no usable answer."""

    state: Literal["found", "missing", "down"]
    values: Mapping[str, Json] = field(default_factory=dict)


MISSING = Answer("missing")
DOWN = Answer("down")


class Failed(Exception):
    """The register gave no usable answer. `code` says why, for logs: never what was asked or answered.

    `wait` is how long it wants to be left alone, when it says so.
    """

    def __init__(self, code: str, wait: timedelta | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.wait = wait


class Adapter(Protocol):
    """Speaks with one register. Made anew for each question; keeps nothing."""

    def __init__(self, config: Config) -> None:
        """Take the entry of the settings, `credential` already read from the environment."""

    def ask(self, by: Mapping[str, Json]) -> Answer:
        """Return canonical values by name, or `MISSING`; raise `Failed`. Takes five seconds at most."""
