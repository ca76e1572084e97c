"""The parsed form of an expression: frozen, typed nodes.

The language is closed (research: JsonLogic's syntax, own strict meaning): anything not in
`OPERATORS` is refused when a document is checked, so evaluation never meets the unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Context, Decimal
from enum import Enum
from typing import Literal

from schemas.definition import Json
from schemas.fieldtypes.base import ValueType

MAX_DEPTH = 12
MAX_NODES = 200
MAX_TEXT = 200
MAX_DIGITS = 30
MAX_PLACES = 10

# Wide enough that + - * of two allowed numbers (30 digits before and after the point) is exact.
EXACT = Context(prec=4 * MAX_DIGITS + 10)

Type = ValueType | Literal["list"]


class Unknown(Enum):
    """The third truth value: an answer that is needed is not there."""

    UNKNOWN = "unknown"


UNKNOWN = Unknown.UNKNOWN
Value = bool | Decimal | str | date | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a rule may know of a question: the type of its answer, and its options if they are fixed."""

    type: ValueType
    options: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Which questions exist, and which of them are answered before this rule is asked."""

    kinds: Mapping[str, Kind]
    allowed: frozenset[str]

    @classmethod
    def of(cls, kinds: Mapping[str, Kind]) -> Scope:
        return cls(kinds, frozenset(kinds))


@dataclass(frozen=True, slots=True)
class Node:
    """One operation, variable (`op` "var", `name`) or constant (`op` "literal", `value`)."""

    op: str
    type: Type
    args: tuple[Node, ...] = ()
    name: str = ""
    value: Value | tuple[Value, ...] | None = None
    options: frozenset[str] | None = None

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
}
