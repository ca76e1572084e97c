"""A whole service, and what is said about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from schemas.definition.form import INLINE_ONLY, NO_TEXT, Dataset, Field, Page, Tables, Text, with_rows
from schemas.definition.letter import Letter
from schemas.definition.values import Json
from schemas.definition.workflow import Workflow


@dataclass(frozen=True, slots=True)
class Message:
    """A notice. Tokens: {reference} {service} {status} {link} {note} {number} {office}.

    `short` is what a telephone is told, without {note}; empty for what is made of the other two.
    """

    key: str
    subject: Text
    body: Text
    short: Text = NO_TEXT


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
class Story:
    """Who does what with a case, and what must come of it; `told` is the story as it is written."""

    key: str
    title: Text
    told: Mapping[str, Json]


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
    letters: tuple[Letter, ...] = ()
    applicant: ApplicantFields = ApplicantFields()
    standard: Standard = Standard()
    privacy: Privacy = Privacy()
    stories: tuple[Story, ...] = ()
    datasets: Mapping[str, Dataset] = field(default_factory=dict)
    tables: Tables = INLINE_ONLY

    def fields(self) -> Iterator[tuple[Page, Field]]:
        """Yield every question with its page, in the order of the document; a repeat as one question."""
        for page in self.pages:
            for question in page.fields:
                yield page, question

    def every_field(self) -> Iterator[tuple[Page, Field]]:
        """Yield every question with its page, those inside the rows of a repeat after it."""
        for page, question in self.fields():
            yield from ((page, each) for each in with_rows(question))

    def find(self, key: str, rows: tuple[str, ...] = ()) -> Field | None:
        """Return the question `key` as it is meant inside the entries of `rows`: the innermost first."""
        rooms: list[tuple[Field, ...]] = [tuple(field for _page, field in self.fields())]
        for row in rows:
            of = next((field for room in reversed(rooms) for field in room if field.key == row), None)
            rooms.append(of.fields if of else ())
        return next((field for room in reversed(rooms) for field in room if field.key == key), None)

    def field(self, key: str) -> Field | None:
        return next((question for _, question in self.fields() if question.key == key), None)

    def page(self, key: str) -> Page | None:
        return next((page for page in self.pages if page.key == key), None)

    def message(self, key: str) -> Message | None:
        return next((message for message in self.messages if message.key == key), None)

    def letter(self, key: str) -> Letter | None:
        return next((letter for letter in self.letters if letter.key == key), None)

    def filing_pages(self) -> tuple[Page, ...]:
        """Return the pages of the application itself: the applicant's, not asked for by an action."""
        later = {action.ask.page for action in self.workflow.actions}
        return tuple(p for p in self.pages if p.for_ == "applicant" and p.key not in later)
