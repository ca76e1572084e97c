"""The parsed form of a module document: frozen values, no behaviour beyond looking things up.

Everything left of `submit` and `apply` works on these values. They know nothing of Django, of
requests or of the clock. A `Module` is only ever made by `schemas.parse.parse`, which guarantees
that every key named here exists and every expression is well typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from schemas.expressions import Expression

Json = Any  # what json.loads gives: None, bool, int, str, list, dict; decimals stay text

StatusKind = Literal["work", "applicant", "wait", "final"]
Outcome = Literal["granted", "refused", "withdrawn", "expired"]
Tone = Literal["advance", "return", "refuse", "neutral"]
Demand = Literal["none", "optional", "required"]
DurationUnit = Literal["minutes", "working_hours", "working_days", "days"]
PrivacyClass = Literal["none", "personal", "special", "never_export"]


@dataclass(frozen=True, slots=True)
class Text:
    """A text in one or more languages; the module's first language stands first."""

    values: tuple[tuple[str, str], ...]

    def say(self, language: str | None = None) -> str:
        """Return the text in `language`, else in the first language it has."""
        for code, words in self.values:
            if code == language and words:
                return words
        return self.values[0][1] if self.values else ""

    def __bool__(self) -> bool:
        return any(words for _, words in self.values)


NO_TEXT = Text(())


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer of a choice."""

    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `settings` holds what only its type understands (maxLength, accept, …)."""

    key: str
    type: str
    label: Text
    help: Text = NO_TEXT
    required: bool | Expression = False
    visible: Expression | None = None
    check: Expression | None = None
    default: Json = None
    messages: Mapping[str, Text] = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    privacy: PrivacyClass = "none"
    autocomplete: str = ""
    settings: Mapping[str, Json] = field(default_factory=dict)

    def option(self, value: str) -> Option | None:
        return next((option for option in self.options if option.value == value), None)


@dataclass(frozen=True, slots=True)
class Page:
    """One screen of questions. `for_` is "applicant" or the key of the role that fills it in."""

    key: str
    title: Text
    fields: tuple[Field, ...]
    intro: Text = NO_TEXT
    for_: str = "applicant"
    visible: Expression | None = None


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


@dataclass(frozen=True, slots=True)
class EffectRule:
    """Something outside, after commit: mails `message` to the applicant or to a role's holders."""

    type: Literal["mail"]
    message: str
    to: Who


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


@dataclass(frozen=True, slots=True)
class Message:
    """A notice. Tokens: {reference} {service} {status} {link} {note} {number} {office}."""

    key: str
    subject: Text
    body: Text


@dataclass(frozen=True, slots=True)
class ApplicantFields:
    """Which answers name the applicant, reach them, and prove on the status page who asks."""

    name: str = ""
    email: str = ""
    phone: str = ""
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Standard:
    """The prose of the public service standard that cannot be derived from form and workflow.

    Source of the components: UU 25/2009 art. 21 and PermenPANRB 15/2014.
    """

    requirements: tuple[Text, ...] = ()
    fee: Text = NO_TEXT
    product: Text = NO_TEXT
    validity: Text = NO_TEXT
    complaints: Text = NO_TEXT
    legal_basis: tuple[Text, ...] = ()
    facilities: Text = NO_TEXT
    competence: Text = NO_TEXT
    supervision: Text = NO_TEXT
    staffing: Text = NO_TEXT
    guarantee: Text = NO_TEXT
    safety: Text = NO_TEXT
    evaluation: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Privacy:
    """Why the data may be asked for and how long it stays (`retention` in months after the end)."""

    notice: Text = NO_TEXT
    legal_basis: Text = NO_TEXT
    retention: int | None = None


@dataclass(frozen=True, slots=True)
class Module:
    """A whole service: what is asked, what happens, and what is said."""

    format: int
    key: str
    languages: tuple[str, ...]
    title: Text
    summary: Text
    category: str
    icon: str
    pages: tuple[Page, ...]
    workflow: Workflow
    messages: tuple[Message, ...] = ()
    applicant: ApplicantFields = ApplicantFields()
    standard: Standard = Standard()
    privacy: Privacy = Privacy()

    def fields(self) -> Iterator[tuple[Page, Field]]:
        """Yield every question with its page, in the order of the document."""
        for page in self.pages:
            for question in page.fields:
                yield page, question

    def field(self, key: str) -> Field | None:
        return next((question for _, question in self.fields() if question.key == key), None)

    def page(self, key: str) -> Page | None:
        return next((page for page in self.pages if page.key == key), None)

    def message(self, key: str) -> Message | None:
        return next((message for message in self.messages if message.key == key), None)

    def filing_pages(self) -> tuple[Page, ...]:
        """Return the pages of the application itself: the applicant's, not asked for by an action."""
        later = {action.ask.page for action in self.workflow.actions}
        return tuple(p for p in self.pages if p.for_ == "applicant" and p.key not in later)
