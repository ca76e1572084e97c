"""Where a case can stand and what waits there: statuses, tasks, who is asked, until when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from schemas.definition.form import NO_TEXT, Text
from schemas.definition.values import (
    Assign,
    Counts,
    Demand,
    DurationUnit,
    Outcome,
    StatusKind,
    TallyKind,
    Tone,
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
