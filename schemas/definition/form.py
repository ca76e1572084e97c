"""What is asked: pages, questions, groups, rows, lists to choose from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from schemas.definition.values import ColumnType, Json, PrivacyClass, Width

if TYPE_CHECKING:
    from schemas.expressions import Expression


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
Chipped = Mapping[str, Text]
"""The words of something as they are written, with chips `{question}` in them, by the name of the property.

Empty where nothing is filled in. The property itself (`label`, `help`, …) then holds the same words with the
other question's own words in place of each chip: they say no answer, and may be shown wherever nobody's are.
"""


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer of a choice. `cells` are the other columns of its row in a dataset."""

    value: str
    label: Text
    help: Text = NO_TEXT
    cells: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dataset:
    """A list to choose from: inline (`items`), or an edition of a dataset that the region keeps."""

    key: str
    columns: Mapping[str, ColumnType]
    items: tuple[Option, ...] = ()
    source: str = ""
    edition: str = ""


class Tables(Protocol):
    """Where the columns of a chosen row are looked up."""

    def row(self, dataset: str, value: str) -> Mapping[str, Json] | None:
        """Return the cells of the row `value` of the dataset called `dataset` in the module."""


@dataclass(frozen=True, slots=True)
class RowRules:
    """What must hold in each row of a repeat."""

    check: Expression | None = None
    messages: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that stand together under one heading; their answers lie beside all others.

    `required` asks for an answer to at least one of them, `keys` are the questions, `at` the place
    in the document.
    """

    key: str
    label: Text
    keys: tuple[str, ...]
    at: str = ""
    help: Text = NO_TEXT
    visible: Expression | None = None
    required: bool | Expression = False
    check: Expression | None = None
    messages: Mapping[str, Text] = field(default_factory=dict)
    chipped: Chipped = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `settings` holds what only its type understands (maxLength, accept, …).

    `visible` contains the condition of the group it stands in; `own_visible` is its own alone. A repeat
    has the questions of a row in `fields` (and their `groups`). With `calculate` the answer is worked
    out and not asked. `at` is the JSON Pointer of the question in the document.
    """

    key: str
    type: str
    label: Text
    help: Text = NO_TEXT
    required: bool | Expression = False
    visible: Expression | None = None
    check: Expression | None = None
    default: Json | Expression = None
    messages: Mapping[str, Text] = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    privacy: PrivacyClass = "none"
    autocomplete: str = ""
    settings: Mapping[str, Json] = field(default_factory=dict)
    at: str = ""
    group: str = ""
    own_visible: Expression | None = None
    calculate: Expression | None = None
    filter: Expression | None = None
    dataset: str = ""
    prefill: Mapping[str, Json] | None = None
    read_only: bool = False
    width: Width = "full"
    fields: tuple[Field, ...] = ()
    groups: tuple[Group, ...] = ()
    row: RowRules = RowRules()
    chipped: Chipped = field(default_factory=dict)

    def option(self, value: str) -> Option | None:
        return next((option for option in self.options if option.value == value), None)

    @property
    def shown_only(self) -> bool:
        """Say whether nobody is asked: worked out, or not to be changed.

        What a register locks is asked after all when the register is away.
        """
        looked_up = "register" in (self.prefill or {})
        return self.calculate is not None or (self.read_only and not looked_up)

    @property
    def settled(self) -> bool:
        """Say whether the document alone gives the answer: by a formula or a fixed default."""
        return self.shown_only and (self.calculate is not None or self.prefill is None)


@dataclass(frozen=True, slots=True)
class Page:
    """One screen of questions. `for_` is "applicant" or the key of the role that fills it in.

    `fields` are its questions in order, those of groups among them; `groups` tells which stand together.
    """

    key: str
    title: Text
    fields: tuple[Field, ...]
    intro: Text = NO_TEXT
    for_: str = "applicant"
    visible: Expression | None = None
    groups: tuple[Group, ...] = ()
    check: Expression | None = None
    messages: Mapping[str, Text] = field(default_factory=dict)
    chipped: Chipped = field(default_factory=dict)


@dataclass(frozen=True)
class InlineTables:
    """The rows that stand in the document itself; datasets of a region are not known here."""

    rows: Mapping[str, Mapping[str, Mapping[str, Json]]]

    @classmethod
    def of(cls, datasets: Mapping[str, Dataset]) -> InlineTables:
        return cls({d.key: {item.value: item.cells for item in d.items} for d in datasets.values()})

    def row(self, dataset: str, value: str) -> Mapping[str, Json] | None:
        """Return the cells of the row `value`, None when there is none."""
        return self.rows.get(dataset, {}).get(value)


INLINE_ONLY: Tables = InlineTables({})


def with_rows(question: Field) -> Iterator[Field]:
    """Yield a question and, for a repeat, the questions of its rows, however deep."""
    yield question
    for inner in question.fields:
        yield from with_rows(inner)
