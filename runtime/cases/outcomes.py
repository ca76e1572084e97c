"""What the services of cases give back, and the ways in which they refuse."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from runtime.cases.models import Case, CaseEvent
from runtime.workflow.values import ActionRefused
from schemas.problems import Problem


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the citizen keeps. `repeated` says that the case had already been filed."""

    case: Case
    reference: str
    access_code: str | None
    repeated: bool


@dataclass(frozen=True, slots=True)
class Performed:
    """An action that is written down. `repeated` says that this very command had been before."""

    case: Case
    event: CaseEvent
    repeated: bool = False


class InvalidAnswers(Exception):
    """An application that may not be filed. `problems` say what is wrong and where."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{problem.code} {problem.pointer}" for problem in self.problems))


class NotOffered(Exception):
    """The region does not take applications for this service now."""


class Refused(Exception):
    """The engine said no; `refused` says why. Nothing has changed."""

    def __init__(self, refused: ActionRefused) -> None:
        super().__init__(refused.reason)
        self.refused = refused


class Conflict(Exception):
    """Somebody was first: who, when, with which action. Nothing has changed."""

    def __init__(self, *, by: str, at: datetime, action: str, event: CaseEvent) -> None:
        super().__init__(f"{action} by {by}")
        self.by = by
        self.at = at
        self.action = action
        self.event = event
