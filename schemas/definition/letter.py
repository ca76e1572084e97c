"""A letter: a small tree of blocks whose texts name what is filled in, its number, and who signs it.

Texts of a letter are read by `schemas.chips`. Blocks stand in the order in which they are printed; one
whose condition does not hold is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from schemas.definition.form import NO_TEXT, Text

if TYPE_CHECKING:
    from schemas.expressions import Expression

Paper = Literal["f4", "a4"]
Align = Literal["justify", "left", "center", "right"]
ValidityUnit = Literal["days", "months", "years"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: Text
    align: Align = "justify"
    indent: bool = False
    when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    text: Text
    when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Items:
    """A list, with numbers or without."""

    items: tuple[Text, ...]
    numbered: bool = False
    when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Detail:
    """A line of details: the answer to `question`, or `value`; the question's label unless there is one."""

    label: Text = NO_TEXT
    value: Text = NO_TEXT
    question: str = ""


@dataclass(frozen=True, slots=True)
class Details:
    """Labels and what belongs to them, as the identity of a person stands in a letter."""

    lines: tuple[Detail, ...]
    numbered: bool = False
    when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Column:
    title: Text
    value: Text
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """A line for each entry of the repeated question `of`; its columns may name the questions inside."""

    of: str
    columns: tuple[Column, ...]
    numbered: bool = False
    when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Each:
    """The blocks `body` for each entry of the repeated question `of`."""

    of: str
    body: tuple[Block, ...]
    when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Break:
    """What follows begins on a new page."""

    when: Expression | None = None


Block = Paragraph | Heading | Items | Details | Table | Each | Break


@dataclass(frozen=True, slots=True)
class Validity:
    """How long a letter holds, from the day it bears."""

    amount: int
    unit: ValidityUnit


@dataclass(frozen=True, slots=True)
class Signer:
    """Whoever took `action` last signs; in the name of `mandate` (a.n.), through `through` (u.b.)."""

    action: str
    mandate: Text = NO_TEXT
    through: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of a service.

    `register` is the register it takes its number from; "" when it bears the number of the case. Without
    a `signer` nobody signs. `holder`: whoever the letter is about signs on the left. `copies` are those
    who get one, too (tembusan).
    """

    key: str
    title: Text
    body: tuple[Block, ...]
    paper: Paper = "f4"
    register: str = ""
    subject: Text = NO_TEXT
    recipient: Text = NO_TEXT
    validity: Validity | None = None
    signer: Signer | None = None
    holder: bool = False
    copies: tuple[Text, ...] = ()
