"""What happens to a case: statuses, roles, tasks, actions, deadlines, registers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from schemas.definition.form import NO_TEXT, Text
from schemas.definition.values import (
    Assign,
    Clock,
    Counts,
    Demand,
    DurationUnit,
    EffectType,
    Outcome,
    StatusKind,
    TallyKind,
    Tone,
    Via,
)

if TYPE_CHECKING:
    from schemas.expressions import Expression


@dataclass(frozen=True, slots=True)
class Duration:
    """A span on the region's calendar: `working_*` skips weekends and holidays, the others do not."""

    amount: int
    unit: DurationUnit


@dataclass(frozen=True, slots=True)
class Where:
    """Which office is asked: the whole region, the case's, the one an answer names, or each of several.

    With `each` the answer `field` is a repeat, and each of its rows names one office.
    """

    kind: Literal["region", "office", "answer", "each"]
    field: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of official, and where such an official is looked for."""

    key: str
    title: Text
    where: Where


@dataclass(frozen=True, slots=True)
class TaskOutcome:
    """One way to decide a task, and how it counts where several people decide."""

    key: str
    title: Text
    counts: Counts
    comment: Demand = "none"
    page: str = ""
    tone: Tone = "neutral"


@dataclass(frozen=True, slots=True)
class TaskRule:
    """Work that a status opens for one role when a case arrives there.

    A task with `outcomes` is decided by a person, in each of its `seats` by another one; without
    them it is worked off by the actions of its status. `after` names tasks that come first.
    """

    key: str
    title: Text
    role: str
    where: Where
    when: Expression | None = None
    seats: int = 1
    after: tuple[str, ...] = ()
    due: Duration | None = None
    assign: Assign = "anyone"
    outcomes: tuple[TaskOutcome, ...] = ()

    @property
    def shared(self) -> bool:
        """Tell whether several people decide it, so that each keeps a page of their own."""
        return self.seats > 1 or self.where.kind == "each"

    def outcome(self, key: str) -> TaskOutcome | None:
        return next((outcome for outcome in self.outcomes if outcome.key == key), None)


@dataclass(frozen=True, slots=True)
class Tally:
    """What the decided tasks must come to; `count` belongs to `for`, `against` and `unreachable`."""

    kind: TallyKind
    count: int = 0


@dataclass(frozen=True, slots=True)
class Completion:
    """When the tasks of a status are enough: if the tally of `of` (all when empty) holds, `do` is done."""

    tally: Tally
    do: str
    of: tuple[str, ...] = ()
    when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """Where a case can stand. `due` is the promised time in this status.

    `edit` are the roles that may put the applicant's answers right while a case is there.
    """

    key: str
    title: Text
    kind: StatusKind
    public_title: Text = NO_TEXT
    outcome: Outcome | None = None
    due: Duration | None = None
    edit: tuple[str, ...] = ()
    tasks: tuple[TaskRule, ...] = ()
    complete: tuple[Completion, ...] = ()

    def task(self, key: str) -> TaskRule | None:
        return next((task for task in self.tasks if task.key == key), None)


@dataclass(frozen=True, slots=True)
class Who:
    """Who performs an action."""

    kind: Literal["role", "applicant", "system"]
    role: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """What must be given with an action.

    `page` names a page to fill in; `corrections` asks an officer which questions go back;
    `answers` asks the applicant to answer the questions of the open correction again; `person`
    names the task of the next status for which the officer chooses who gets it.
    """

    comment: Demand = "none"
    page: str = ""
    corrections: bool = False
    answers: bool = False
    person: str = ""
    attachment: Demand = "none"


@dataclass(frozen=True, slots=True)
class Change:
    """Something inside the transaction.

    `number` takes the next number of `register`, `set` writes `value` as the officers' answer `field`,
    `extend` gives `by` more time, `escalate` hands the open tasks to the office above.
    """

    type: Literal["number", "set", "extend", "escalate"]
    register: str = ""
    field: str = ""
    value: Expression | None = None
    by: Duration | None = None


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
    """What may be done in a status; without `to` the case stays where it is.

    An action of the system is fired by the clock (`after` a time or `before` one, counted from what
    `of` says), by a completion of the status, or else as soon as its condition holds.
    """

    key: str
    title: Text
    from_: tuple[str, ...]
    to: str
    who: Who
    when: Expression | None = None
    after: Duration | None = None
    before: Duration | None = None
    of: Clock = "entered"
    ask: Ask = Ask()
    changes: tuple[Change, ...] = ()
    effects: tuple[EffectRule, ...] = ()
    tone: Tone = "neutral"
    legal_basis: Text = NO_TEXT
    bulk: bool = False

    @property
    def by_clock(self) -> bool:
        """Tell whether the clock fires it."""
        return self.after is not None or self.before is not None

    @property
    def alike(self) -> bool:
        """Tell whether what has to be given can be the same for many cases.

        A note can; a page, questions, a document or a person cannot.
        """
        ask = self.ask
        own = ask.page or ask.corrections or ask.answers or ask.person or ask.attachment != "none"
        return self.who.kind == "role" and not own

    def target(self, status: str) -> str:
        """Return the status to which it leads from `status`."""
        return self.to or status


@dataclass(frozen=True, slots=True)
class Register:
    """A series of numbers. Tokens of `pattern`: {number} {year} {month} {month_roman} {office}.

    `shared`: every service of the region whose register has this key, shared as well, takes from one series.
    """

    key: str
    title: Text
    pattern: str
    scope: Literal["region", "office"] = "office"
    reset: Literal["year", "never"] = "year"
    digits: int = 1
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """The promised time of the whole service, counted from filing; it stands still with the applicant."""

    within: Duration
    legal_basis: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Workflow:
    """The map of a case's life. `office` names the answer that decides which office handles it.

    `separate` holds sets of actions and tasks of which one person may do only one on a case.
    """

    start: str
    roles: tuple[Role, ...]
    statuses: tuple[Status, ...]
    actions: tuple[Action, ...]
    registers: tuple[Register, ...] = ()
    office: str = ""
    filed: tuple[EffectRule, ...] = ()
    deadline: Deadline | None = None
    separate: tuple[tuple[str, ...], ...] = ()

    def status(self, key: str) -> Status:
        return next(status for status in self.statuses if status.key == key)

    def action(self, key: str) -> Action | None:
        return next((action for action in self.actions if action.key == key), None)

    def role(self, key: str) -> Role:
        return next(role for role in self.roles if role.key == key)

    def register(self, key: str) -> Register:
        return next(register for register in self.registers if register.key == key)

    @property
    def results(self) -> frozenset[str]:
        """The keys of the actions that the outcome of another case leads to."""
        rules = [*self.filed, *(rule for action in self.actions for rule in action.effects)]
        return frozenset(key for rule in rules for key in rule.outcomes.values())

    def automatic(self, status: str) -> tuple[Action, ...]:
        """Return the system's actions there that wait for nothing but their condition."""
        done = {rule.do for rule in self.status(status).complete} | self.results
        return tuple(
            action
            for action in self.actions_from(status)
            if action.who.kind == "system" and not action.by_clock and action.key not in done
        )

    def actions_from(self, status: str) -> tuple[Action, ...]:
        return tuple(action for action in self.actions if status in action.from_)
