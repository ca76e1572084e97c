"""What may be done in a status: by whom, what has to be given, what changes, what follows outside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from schemas.definition.form import NO_TEXT, Text
from schemas.definition.status import Duration
from schemas.definition.values import Clock, Demand, EffectType, Outcome, Tone, Via

if TYPE_CHECKING:
    from schemas.expressions import Expression


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
