"""The values that go into the plan of a move and come out of it. Frozen, without behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from runtime.regions.worktime import Calendar
from runtime.workflow.clocks import Since, Step
from runtime.workflow.values import Opening, OpenTask, Snapshot
from schemas.definition import Json, Status

Kind = Literal["unaffected", "by_rule", "needs", "loses", "cannot"]
KINDS: tuple[Kind, ...] = ("unaffected", "by_rule", "needs", "loses", "cannot")
SAFE: frozenset[Kind] = frozenset({"unaffected", "by_rule"})
"""Those that can be moved without anybody deciding about the single case."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What an administrator said about keys that the newer version does not have, or has anew.

    `statuses` and `questions` lead from old to new keys. `answers` are given for questions of the newer
    version that a case has no fitting answer to. `losses` are those that were agreed to, as `Loss.name`.
    """

    statuses: Mapping[str, str] = field(default_factory=dict)
    questions: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Json] = field(default_factory=dict)
    losses: frozenset[str] = frozenset()


NO_RULES = Rules()


@dataclass(frozen=True, slots=True)
class TaskTimes:
    """When an open task was opened and is due, and the calendar of the office it lies in."""

    opened_at: datetime
    due_at: datetime | None
    works: Calendar


@dataclass(frozen=True, slots=True)
class Standing:
    """A case as it stands before the move.

    `steps` is what of its history matters to clocks, in the words of the version it has; `since` what its
    clocks count from, `timer` when they look next, `fired` the keys of its events. `filed` is the local
    day on which the answers were given; `past` are statuses it went through that its version lacks,
    `awaited` the actions to which the ends of cases lead that it opened.
    """

    snapshot: Snapshot
    since: Since
    steps: tuple[tuple[Step, datetime], ...]
    filed_at: datetime
    filed: date
    works: Calendar
    timer: datetime | None = None
    fired: frozenset[str] = frozenset()
    tasks: Mapping[int, TaskTimes] = field(default_factory=dict)
    past: tuple[Status, ...] = ()
    awaited: frozenset[str] = frozenset()


What = Literal[
    "status",
    "renamed",
    "given",
    "worked_out",
    "task_opened",
    "task_closed",
    "task_due",
    "due",
    "deadline",
    "clock",
    "correction",
    "proof",
]


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is otherwise after the move. `key` names it in the newer version, if it is there."""

    what: What
    key: str = ""
    before: Any = None
    after: Any = None


@dataclass(frozen=True, slots=True)
class Need:
    """An answer without which the case is not moved: the question, its page, and what is wrong (a code)."""

    question: str
    page: str
    code: str


def loss_name(what: str, key: str, inner: str = "") -> str:
    """Return the name under which a loss of a plan is agreed to."""
    return f"{what}:{key}" + (f".{inner}" if inner else "")


@dataclass(frozen=True, slots=True)
class Loss:
    """An answer, or the decision of a task, that has no place in the newer version.

    `key` is in the words of the older one; `inner` the question in the rows of a repeat.
    """

    what: Literal["answer", "vote"]
    key: str
    value: Any = None
    inner: str = ""

    @property
    def name(self) -> str:
        """The name under which the loss is agreed to."""
        return loss_name(self.what, self.key, self.inner)


Bar = Literal[
    "status_gone",
    "status_final",
    "correction_gone",
    "nobody",
    "would_decide",
    "would_strike",
    "awaited_gone",
    "proof_gone",
]


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why the case cannot be moved at all; `key` is the status, action or question it is about."""

    bar: Bar
    key: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the move does to the case, and how it would stand afterwards.

    `closed` tasks end, `opened` ones begin, `task_due` are open tasks that stay and become due otherwise.
    """

    status: str
    answers: Mapping[str, Json]
    officer_answers: Mapping[str, Json]
    corrections: tuple[str, ...] = ()
    closed: tuple[OpenTask, ...] = ()
    opened: tuple[Opening, ...] = ()
    task_due: Mapping[int, datetime | None] = field(default_factory=dict)
    due_at: datetime | None = None
    deadline_at: datetime | None = None
    timer_at: datetime | None = None
    changes: tuple[Change, ...] = ()
    needs: tuple[Need, ...] = ()
    losses: tuple[Loss, ...] = ()
    hindrances: tuple[Hindrance, ...] = ()

    @property
    def kind(self) -> Kind:
        """What has to be known first: what bars the move, then what is missing, then what is lost."""
        if self.hindrances:
            return "cannot"
        if self.needs:
            return "needs"
        if self.losses:
            return "loses"
        return "by_rule" if self.changes else "unaffected"

    def allowed(self, rules: Rules) -> bool:
        """Tell whether the case may be moved: nothing bars it or is missing, and each loss was agreed to."""
        if self.hindrances or self.needs:
            return False
        return all(loss.name in rules.losses for loss in self.losses)
