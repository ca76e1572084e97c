"""What a proof says. Frozen, as JSON, the same for the same document on the same day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from schemas.problems import LANGUAGES, Problem

MOST_STATES = 100_000


@dataclass(frozen=True, slots=True)
class Covered:
    """How many of the things there are were met on the walks, and which were not."""

    seen: int
    of: int
    missed: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"seen": self.seen, "of": self.of, "missed": list(self.missed)}


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault, and in words the shortest story that leads to it; "" where none is needed."""

    problem: Problem
    story: Mapping[str, str] = field(default_factory=dict, hash=False)

    def sentence(self, language: str) -> str:
        return f"{self.story.get(language, '')} {self.problem.sentence(language)}".strip()

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.problem.code,
            "pointer": self.problem.pointer,
            "severity": self.problem.severity,
            "data": dict(self.problem.data),
            "story": dict(self.story),
            "sentence": {language: self.sentence(language) for language in LANGUAGES},
        }


@dataclass(frozen=True, slots=True)
class Proof:
    """The result. `proven`: all ways were walked to their end, and no fault was met.

    Without faults and yet not proven: there were too many ways, or it is not `exact`, because conditions
    compare answers with one another, which no number of examples settles.
    """

    proven: bool
    exact: bool
    states: int
    statuses: Covered
    actions: Covered
    outcomes: Covered
    rules: Covered
    branches: Covered
    findings: tuple[Finding, ...] = ()

    @property
    def faults(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.problem.blocks)

    def as_json(self) -> dict[str, Any]:
        names = ("statuses", "actions", "outcomes", "rules", "branches")
        covered = {name: getattr(self, name).as_json() for name in names}
        found = [finding.as_json() for finding in self.findings]
        return {
            "proven": self.proven,
            "exact": self.exact,
            "states": self.states,
            **covered,
            "findings": found,
        }
