"""What the rows of a workbook become before they are written down: questions, groups, repeats, lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from builder import keys
from builder.xlsform import xpath
from builder.xlsform.reading import Row

Json = Any
OTHER = "other"
Kind = Literal["question", "group", "repeat"]


@dataclass(eq=False)
class Option:
    """One row of the sheet of choices. `cells` are its other columns, by their heads."""

    row: int
    name: str
    value: str
    label: Json
    cells: dict[str, str] = field(default_factory=dict)


@dataclass(eq=False)
class Choices:
    """One list. `columns` are the heads that filters use: the key here, and the type of the cells.

    `through` tells of which other list the cells of a column name the options; `heads` are all heads of
    the sheet by the name that rules call them.
    """

    name: str
    options: list[Option] = field(default_factory=list)
    columns: dict[str, tuple[str, str]] = field(default_factory=dict)
    through: dict[str, Choices] = field(default_factory=dict)
    users: list[Node] = field(default_factory=list)
    key: str = ""
    heads: dict[str, str] = field(default_factory=dict)

    def value(self, name: str) -> str | None:
        """Return what the option called `name` is kept as."""
        return next((option.value for option in self.options if option.name == name), None)


@dataclass(eq=False)
class Node:
    """A question, group or repeat to be. `written` is its type in the workbook, `at` its place there."""

    row: Row
    kind: Kind
    name: str
    written: str
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    at: int = 0
    key: str = ""
    type: str = ""
    settings: dict[str, Json] = field(default_factory=dict)
    choices: Choices | None = None
    other: bool = False
    searched: xpath.Tree | None = None
    label: Json = None
    page: int = 0
    is_page: bool = False
    refused: bool = False
    rules: dict[str, Json] = field(default_factory=dict)
    extra: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def other_value(self) -> str:
        """Return what the answer “other” is kept as, where the question offers it beside its list."""
        assert self.choices is not None
        taken = {option.value for option in self.choices.options}
        return self.choices.value(OTHER) or keys.free(OTHER, taken)

    @property
    def rows(self) -> tuple[Node, ...]:
        """Return the repeats it stands in, the outermost first."""
        found, node = [], self.parent
        while node is not None:
            if node.kind == "repeat":
                found.append(node)
            node = node.parent
        return tuple(reversed(found))
