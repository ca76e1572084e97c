"""The parsed form of an expression: frozen, typed nodes.

The language is closed (research: JsonLogic's syntax, own strict meaning): anything not in
`OPERATORS` is refused when a document is checked, so evaluation never meets the unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Context, Decimal
from enum import Enum
from typing import Literal

from schemas.definition import Json
from schemas.fieldtypes.base import ValueType

MAX_DEPTH = 12
MAX_NODES = 200
MAX_TEXT = 200
MAX_JOINED = 10_000
MAX_DIGITS = 30
MAX_PLACES = 10

# Wide enough that + - * of two allowed numbers (30 digits before and after the point) is exact.
EXACT = Context(prec=4 * MAX_DIGITS + 10)

Type = ValueType | Literal["list"]
COLUMN = "@"
"""Stands before the name of a column of the row that a filter looks at: no question is called so."""


class Unknown(Enum):
    """The third truth value: an answer that is needed is not there."""

    UNKNOWN = "unknown"


UNKNOWN = Unknown.UNKNOWN


@dataclass(frozen=True, slots=True, order=True)
class Instant:
    """A moment, in seconds since the first of January of the year 1, UTC; whatever clock it was read on."""

    seconds: int


Value = bool | Decimal | str | date | time | Instant | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Something named inside an answer: a member of an object or a column of the chosen row.

    `pieces` stands for a part of a text: its first so many pieces between dots, as in area codes. The
    text is the answer itself, or its `member` of that name.
    """

    type: ValueType
    pieces: int = 0
    member: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a rule may know of a question: the type of its answer, its options if they are fixed.

    `parts` are what `attr` may name; they are columns of the dataset `table` if there is one. `rows`
    are the questions in a row of a repeat.
    """

    type: ValueType
    options: frozenset[str] | None = None
    parts: Mapping[str, Part] = field(default_factory=dict)
    table: str = ""
    rows: Mapping[str, Kind] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which questions exist, and which of them are answered before this rule is asked.

    Inside a row, `outer` is what surrounds it: a name means the row's own question first. `columns` are
    those of the list a filter chooses from.
    """

    kinds: Mapping[str, Kind]
    allowed: frozenset[str]
    outer: Scope | None = None
    columns: Mapping[str, Part] = field(default_factory=dict)

    @classmethod
    def of(cls, kinds: Mapping[str, Kind]) -> Scope:
        return cls(kinds, frozenset(kinds))

    @property
    def level(self) -> int:
        """Return how many rows deep the rule stands."""
        return 0 if self.outer is None else self.outer.level + 1


@dataclass(frozen=True, slots=True)
class Node:
    """One operation, variable (`op` "var", `name`) or constant (`op` "literal", `value`).

    `level` tells how many rows deep the question of a variable stands. For a variable of rows, `options`
    are the keys of the questions in a row. An `attr` has the name of the part and the `part` itself;
    `table` is the dataset whose column it is, if any.
    """

    op: str
    type: Type
    args: tuple[Node, ...] = ()
    name: str = ""
    value: Value | tuple[Value, ...] | None = None
    options: frozenset[str] | None = None
    level: int = 0
    part: Part | None = None
    table: str = ""

    def walk(self) -> Iterator[Node]:
        yield self
        for arg in self.args:
            yield from arg.walk()


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression. `raw` is the JSON it was written as."""

    raw: Json = field(hash=False)
    root: Node

    @property
    def type(self) -> Type:
        return self.root.type


# operator: (least arguments, most arguments)
OPERATORS: Mapping[str, tuple[int, int]] = {
    "var": (1, 1),
    "today": (0, 0),
    "default": (2, 2),
    "and": (1, 50),
    "or": (1, 50),
    "!": (1, 1),
    "if": (3, 3),
    "==": (2, 2),
    "!=": (2, 2),
    "<": (2, 2),
    "<=": (2, 2),
    ">": (2, 2),
    ">=": (2, 2),
    "in": (2, 2),
    "answered": (1, 1),
    "length": (1, 1),
    "+": (1, 50),
    "-": (1, 2),
    "*": (1, 50),
    "/": (3, 3),
    "min": (1, 50),
    "max": (1, 50),
    "round": (2, 2),
    "days": (2, 2),
    "years": (2, 2),
    "attr": (2, 2),
    "column": (1, 1),
    "some": (2, 2),
    "every": (2, 2),
    "sum": (2, 2),
    "least": (2, 2),
    "most": (2, 2),
    "join": (3, 3),
    "count": (1, 1),
    "cat": (1, 50),
}
