"""The values that go into a decision and come out of it. Frozen, without behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from runtime.regions.capacity import StandIn
from schemas.definition import (
    Action,
    Change,
    Clock,
    Counts,
    Duration,
    EffectRule,
    Outcome,
    TaskOutcome,
    TaskRule,
)

Answers = Mapping[str, Any]
Awaited = tuple[str, int]
"""An action ("" for filing) and which of its effects opened a case that is waited for."""
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
    "no_task",
    "claimed",
    "voted",
    "separated",
    "unknown_outcome",
    "attachment_missing",
    "person_missing",
    "person_unfit",
    "not_yours",
    "in_no_hands",
    "not_mentionable",
    "never_rests",
    "no_part",
    "nothing_written",
    "too_long",
    "forgotten",
    "not_asked",
    "answers_full",
    "answers_often",
    "not_awaited",
    "not_revocable",
    "edit_decided",
    "edit_loses",
    "edit_needs",
    "edit_reroutes",
    "edit_unchanged",
]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `posts` are the (role key, office id) pairs that a person may act for in the region.

    `standins` tell of those that are not held in person, for whom; `leads` pairs those that
    head an office with each office they lead (ADR 0046).
    """

    kind: ActorKind
    id: int | None = None
    name: str = ""
    posts: frozenset[tuple[str, int]] = frozenset()
    standins: tuple[StandIn, ...] = ()
    leads: frozenset[tuple[tuple[str, int], int]] = frozenset()


SYSTEM = Actor(kind="system")


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A piece of human work that waits in the case's status; `held_by` is who took it or was given it."""

    id: int
    key: str
    role: str
    office_id: int
    seat: int = 1
    held_by: int | None = None


@dataclass(frozen=True, slots=True)
class DecidedTask:
    """A task that was decided since the case came into its status: by whom, in whose place, how it counts."""

    key: str
    office_id: int
    outcome: str
    counts: Counts
    by: int | None
    instead_of: int | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """What a comment has to know of the case.

    `posts` are those that were ever given a task of it. `forgotten` says that its personal data were
    removed. `invited` that the office has written to the applicant, in `role`; `answers` how often the
    applicant has written since, `today` within a day.
    """

    posts: frozenset[tuple[str, int]] = frozenset()
    forgotten: bool = False
    invited: bool = False
    role: str = ""
    answers: int = 0
    today: int = 0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A case as it stands. `corrections` are the questions that wait for the applicant's new answer.

    `entered` is the revision that led to the status, `decided` what was decided in it since. `acted` tells
    who has taken which action or task before, for those the workflow keeps apart. `offices` are the case's
    office and those above it; they matter where somebody may act who has no task. Since the revision
    `unchanged_since`, if it is known, there were only comments; `talk` is asked for only to write one.
    `edited` is the revision in which officers changed the answers last, 0 when none did.
    `awaits` is known of a case in memory only, see `awaiting`; so are the clocks of its status that are
    `spent`: their time has passed, and nothing came of it.
    """

    status: str
    revision: int = 0
    answers: Answers = field(default_factory=dict)
    officer_answers: Answers = field(default_factory=dict)
    tasks: tuple[OpenTask, ...] = ()
    corrections: tuple[str, ...] = ()
    applicant_id: int | None = None
    entered: int = 0
    decided: tuple[DecidedTask, ...] = ()
    acted: Mapping[str, frozenset[int]] = field(default_factory=dict)
    offices: frozenset[int] = frozenset()
    awaits: frozenset[Awaited] = frozenset()
    spent: frozenset[str] = frozenset()
    unchanged_since: int = 0
    edited: int = 0
    talk: Talk | None = None

    def shows(self, seen: int) -> bool:
        """Tell whether whoever saw the revision `seen` has seen the case as it stands, but for comments."""
        return (self.unchanged_since or self.revision) <= seen <= self.revision


@dataclass(frozen=True, slots=True)
class Command:
    """What an actor wants: an action, or with `outcome` the decision of the task called `action`.

    In an answer to a correction an absent question means: emptied; in an edit None does. `person` is whom
    an officer chose, `task` the id of the task that is handed to somebody, `attachments` are the ids of
    files given along.
    """

    action: str
    outcome: str = ""
    person: int | None = None
    task: int | None = None
    attachments: tuple[str, ...] = ()
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
class Choice:
    """One way in which an actor may decide an open task, and why not now, if so."""

    rule: TaskRule
    outcome: TaskOutcome
    refused: ActionRefused | None = None


@dataclass(frozen=True, slots=True)
class CorrectionAsked:
    """The questions that go back to the applicant, and why."""

    fields: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Timer:
    """An action of the system that the clock fires: `after` a time or `before` it, counted from `of`."""

    action: str
    after: Duration | None
    before: Duration | None = None
    of: Clock = "entered"


@dataclass(frozen=True, slots=True)
class Opening:
    """A task that opens: one person's piece of work in one office.

    `office` is the key of the office where the rule asks several; `person` was chosen for it.
    """

    rule: TaskRule
    seat: int = 1
    office: str = ""
    person: int | None = None

    @property
    def role(self) -> str:
        return self.rule.role


@dataclass(frozen=True, slots=True)
class Settled:
    """The task that a decision settles, how, and what was written on its page."""

    task: OpenTask
    outcome: TaskOutcome
    answers: Answers = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Handed:
    """A task that was taken on, given back (`to` nobody) or handed to a colleague.

    `heads` are the posts of whoever did so as a head, each of which leads the office of the task.
    """

    task: OpenTask
    to: int | None
    heads: frozenset[tuple[str, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Edited:
    """What officers changed of the applicant's answers, and why; an answer that is absent was or is none."""

    reason: str
    before: Answers
    after: Answers


@dataclass(frozen=True, slots=True)
class Decision:
    """What changes and what follows. `moved` is false when the case stays in its status.

    A case that stays keeps its tasks but for the one that was `settled`, after which others may open.
    `comment` is the note of an action, `said` what was written to the case without any.
    `extend` is more time, `escalate` hands the tasks to the office above.
    """

    action: str
    from_status: str
    to_status: str
    answers: Answers
    officer_answers: Answers
    changed: tuple[str, ...] = ()
    opened: tuple[Opening, ...] = ()
    closed: tuple[OpenTask, ...] = ()
    correction: CorrectionAsked | None = None
    answered: bool = False
    changes: tuple[Change, ...] = ()
    effects: tuple[EffectRule, ...] = ()
    outcome: Outcome | None = None
    role: str = ""
    comment: str = ""
    said: str = ""
    settled: Settled | None = None
    handed: Handed | None = None
    edited: Edited | None = None
    extend: tuple[Duration, ...] = ()
    escalate: bool = False
    attachments: tuple[str, ...] = ()

    @property
    def moved(self) -> bool:
        """Whether the case comes into another status; filing leads from nowhere into the first."""
        return self.from_status != self.to_status
