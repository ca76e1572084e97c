"""The values that go into a decision and come out of it. Frozen, without behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from runtime.regions.capacity import StandIn
from schemas.definition import Action, Change, Duration, EffectRule, Outcome, TaskRule

Answers = Mapping[str, Any]
ActorKind = Literal["person", "applicant", "system"]

Reason = Literal[
    "unknown_action",
    "stale",
    "final",
    "wrong_status",
    "wrong_role",
    "own_case",
    "principals_case",
    "comment_missing",
    "corrections_missing",
    "corrections_unknown",
    "answers_invalid",
    "guard",
    "guard_unknown",
    "key_reused",
    "decided_by_other",
]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `posts` are the (role key, office id) pairs that a person may act for in the region.

    `standins` tell of those that are not held in person, for whom.
    """

    kind: ActorKind
    id: int | None = None
    name: str = ""
    posts: frozenset[tuple[str, int]] = frozenset()
    standins: tuple[StandIn, ...] = ()


SYSTEM = Actor(kind="system")


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A piece of human work that waits in the case's status."""

    id: int
    key: str
    role: str
    office_id: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A case as it stands. `corrections` are the questions that wait for the applicant's new answer."""

    status: str
    revision: int = 0
    answers: Answers = field(default_factory=dict)
    officer_answers: Answers = field(default_factory=dict)
    tasks: tuple[OpenTask, ...] = ()
    corrections: tuple[str, ...] = ()
    applicant_id: int | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """What an actor wants. In an answer to a correction an absent question means: emptied."""

    action: str
    comment: str = ""
    answers: Answers = field(default_factory=dict)
    corrections: tuple[str, ...] = ()
    key: str = ""
    seen_revision: int | None = None


@dataclass(frozen=True, slots=True)
class ActionRefused:
    """Why not. `data` holds what the sentence needs: keys of questions, of statuses, of roles."""

    reason: Reason
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Available:
    """An action an actor sees in a status, and why it is not to be had now, if so."""

    action: Action
    refused: ActionRefused | None = None


@dataclass(frozen=True, slots=True)
class CorrectionAsked:
    """The questions that go back to the applicant, and why."""

    fields: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Timer:
    """An action of the system that is to be fired `after` a time in the status."""

    action: str
    after: Duration


@dataclass(frozen=True, slots=True)
class Decision:
    """What changes and what follows. `moved` is false when the case stays in its status.

    A case that stays keeps its tasks, its deadline and its timers; `opened`, `closed`, `due` and
    `timers` speak only of a case that moved.
    """

    action: str
    from_status: str
    to_status: str
    answers: Answers
    officer_answers: Answers
    moved: bool = True
    changed: tuple[str, ...] = ()
    opened: tuple[TaskRule, ...] = ()
    closed: tuple[OpenTask, ...] = ()
    correction: CorrectionAsked | None = None
    answered: bool = False
    changes: tuple[Change, ...] = ()
    effects: tuple[EffectRule, ...] = ()
    due: Duration | None = None
    timers: tuple[Timer, ...] = ()
    outcome: Outcome | None = None
    role: str = ""
    comment: str = ""
