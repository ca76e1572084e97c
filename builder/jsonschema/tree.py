"""What a schema becomes before it is written down: questions, groups and repeats with their conditions.

Conditions are kept as what they were in the source; they are turned into expressions when every
question has its key.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from builder.jsonschema.resolve import Part

Json = Any
Kind = Literal["question", "group", "repeat"]


@dataclass(eq=False)
class Scope:
    """Where pointers begin: the whole data, or one row of `repeat`.

    `tests` are the conditions on telling members by the place and the values of the member, each once.
    """

    repeat: Item | None = None
    tests: dict[tuple[str, frozenset[str]], Holds] = field(default_factory=dict)

    @property
    def outer(self) -> Scope | None:
        return self.repeat.scope if self.repeat else None

    @property
    def depth(self) -> int:
        return 1 + self.outer.depth if self.outer else 0


@dataclass(frozen=True, eq=False)
class Is:
    """A question of ours has one of these values."""

    switch: Item
    values: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Holds:
    """The value at `at` is, or is not, described by these parts.

    `values` are named where nothing but one of them fits: a member that tells alternatives apart.
    """

    parts: tuple[Part, ...]
    at: str
    scope: Scope
    negate: bool = False
    undefined: bool | None = None
    of: str = ""  # the pointer of the keyword that is refused when this cannot be said
    ui: bool = False
    values: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Given:
    """Something at `at` or below it is answered."""

    at: str
    scope: Scope
    of: str = ""


@dataclass(frozen=True, eq=False)
class AnyOf:
    """One of several conditions; `negate` turns the whole round."""

    conditions: tuple[tuple[Condition, ...], ...]
    negate: bool = False


Condition = Is | Holds | Given | AnyOf
All = tuple[Condition, ...]  # every one of them; the empty one always holds


def excludes(one: All, other: All) -> bool:
    """Say whether it is certain that two conditions never hold together: branches of one decision."""
    return any(_parted(mine, its) for mine in one for its in other)


def _parted(mine: Condition, its: Condition) -> bool:
    if isinstance(mine, Is) and isinstance(its, Is):
        return mine.switch is its.switch and not set(mine.values) & set(its.values)
    if not isinstance(mine, Holds) or not isinstance(its, Holds):
        return False
    if mine.at != its.at or mine.scope is not its.scope:
        return False
    if mine.values and its.values:
        return not (mine.negate or its.negate or mine.values & its.values)
    return mine.parts == its.parts and mine.negate != its.negate  # under `then`, and under `else`


@dataclass(frozen=True, eq=False)
class Check:
    """A demand on an answer, or on several: `keyword` of `part`, asked for when `when` holds."""

    part: Part
    keyword: str
    when: All = ()
    place: tuple[Scope, str] | None = None


@dataclass(eq=False)
class Item:
    """A question, group or repeat to be. `at` is the pointer of its value, seen from `scope`."""

    kind: Kind
    at: str
    scope: Scope
    name: str
    source: str = ""
    type: str = ""
    label: str = ""
    help: str = ""
    settings: dict[str, Json] = field(default_factory=dict)
    options: list[tuple[Json, str]] = field(default_factory=list)
    visible: list[All] = field(default_factory=list)
    required: list[tuple[All, str]] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    children: list[Item] = field(default_factory=list)
    rows: Scope | None = None
    marks: dict[str, Json] = field(default_factory=dict)
    key: str = ""
    values: dict[str, Json] = field(default_factory=dict)

    def walk(self) -> Iterator[Item]:
        yield self
        for child in self.children:
            yield from child.walk()

    def questions(self) -> Iterator[Item]:
        return (item for item in self.walk() if item.kind != "group")


@dataclass(eq=False)
class Screen:
    """A page to be."""

    title: str
    items: list[Item] = field(default_factory=list)
    intro: str = ""
    visible: list[All] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    key: str = ""
