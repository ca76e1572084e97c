"""What happens to a case: statuses, roles, tasks, actions, deadlines, registers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from schemas.definition.form import NO_TEXT, Text
from schemas.definition.values import Demand, DurationUnit, EffectType, Outcome, StatusKind, Tone, Via

if TYPE_CHECKING:
    from schemas.expressions import Expression


@dataclass(frozen=True, slots=True)
class Duration:
    """A span on the region's calendar: `working_*` skips weekends and holidays, the others do not."""

    amount: int
    unit: DurationUnit


@dataclass(frozen=True, slots=True)
class Where:
    """Which office is asked: the whole region, the case's office, or the office an answer names."""

    kind: Literal["region", "office", "answer"]
    field: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of official, and where such an official is looked for."""

    key: str
    title: Text
    where: Where


@dataclass(frozen=True, slots=True)
class TaskRule:
    """Work that a status opens for one role when a case arrives there."""

    key: str
    title: Text
    role: str
    where: Where


@dataclass(frozen=True, slots=True)
class Status:
    """Where a case can stand. `due` is the promised time in this status."""

    key: str
    title: Text
    kind: StatusKind
    public_title: Text = NO_TEXT
    outcome: Outcome | None = None
    due: Duration | None = None
    tasks: tuple[TaskRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Who:
    """Who performs an action."""

    kind: Literal["role", "applicant", "system"]
    role: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """What must be given with an action.

    `page` names a page to fill in; `corrections` asks an officer which questions go back;
    `answers` asks the applicant to answer the questions of the open correction again.
    """

    comment: Demand = "none"
    page: str = ""
    corrections: bool = False
    answers: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """Something inside the transaction: takes the next number of a register."""

    type: Literal["number"]
    register: str


NOBODY = Who("system")


@dataclass(frozen=True, slots=True)
class EffectRule:
    """Something outside, after commit and safe to repeat. Each type reads its own part of it.

    mail and message (`via` a telephone network): `message` goes to the applicant or a role's holders.
    webhook: `connection` is told, with the answers named in `data`. letter: `letter` is issued. case: an
    application of `module` is filed with `answers`; its outcome leads to an action of ours (`outcomes`).
    anonymise: what is personal is removed. `while_` are the statuses outside of which it is dropped.
    """

    type: EffectType
    message: str = ""
    to: Who = NOBODY
    via: Via | None = None
    connection: str = ""
    data: tuple[str, ...] = ()
    letter: str = ""
    module: str = ""
    answers: Mapping[str, Expression] = field(default_factory=dict)
    outcomes: Mapping[Outcome, str] = field(default_factory=dict)
    after: Duration | None = None
    while_: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """What may be done in a status. An action of the system is fired `after` a time."""

    key: str
    title: Text
    from_: tuple[str, ...]
    to: str
    who: Who
    when: Expression | None = None
    after: Duration | None = None
    ask: Ask = Ask()
    changes: tuple[Change, ...] = ()
    effects: tuple[EffectRule, ...] = ()
    tone: Tone = "neutral"


@dataclass(frozen=True, slots=True)
class Register:
    """A series of numbers. Tokens of `pattern`: {number} {year} {month} {month_roman} {office}."""

    key: str
    title: Text
    pattern: str
    scope: Literal["region", "office"] = "office"
    reset: Literal["year", "never"] = "year"
    digits: int = 1


@dataclass(frozen=True, slots=True)
class Workflow:
    """The map of a case's life. `office` names the answer that decides which office handles it."""

    start: str
    roles: tuple[Role, ...]
    statuses: tuple[Status, ...]
    actions: tuple[Action, ...]
    registers: tuple[Register, ...] = ()
    office: str = ""
    filed: tuple[EffectRule, ...] = ()

    def status(self, key: str) -> Status:
        return next(status for status in self.statuses if status.key == key)

    def action(self, key: str) -> Action | None:
        return next((action for action in self.actions if action.key == key), None)

    def role(self, key: str) -> Role:
        return next(role for role in self.roles if role.key == key)

    def register(self, key: str) -> Register:
        return next(register for register in self.registers if register.key == key)

    def actions_from(self, status: str) -> tuple[Action, ...]:
        return tuple(action for action in self.actions if status in action.from_)
