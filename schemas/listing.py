"""Which rows of a list a question offers: those on the list that pass its filter.

A filter over a list of the region is also told as columns with the cells they may hold, which is what a
table can be asked for. Knows neither pages nor where lists are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from schemas import expressions
from schemas.definition import Field, Json, Tables, with_rows
from schemas.expressions import COLUMN, UNKNOWN, Expression, Node

Answers = Mapping[str, Json]
Cells = dict[str, tuple[Json, ...]]
"""Columns with the cells they may hold, as canonical JSON."""


@dataclass(frozen=True, slots=True)
class Demand:
    """A filter's demand on one column: equal to (`==`), or one of (`in`), what `wanted` gives."""

    column: str
    op: str
    wanted: Node


def fault(field: Field, value: Json, known: Answers, *, today: date, tables: Tables) -> str:
    """Return why what was chosen is not on offer: not on the list, not fitting the filter; "" when it is."""
    for chosen in value if isinstance(value, list) else [value]:
        row = tables.row(field.dataset, chosen)
        if row is None:
            return "answers.option"
        if not passes(field, row, known, today=today, tables=tables):
            return "answers.filter"
    return ""


def passes(field: Field, row: Mapping[str, Json], known: Answers, *, today: date, tables: Tables) -> bool:
    """Tell whether a row passes the filter of a question; one that cannot be told does not."""
    if field.filter is None:
        return True
    cells = {f"{COLUMN}{name}": cell for name, cell in row.items()}
    return expressions.holds(field.filter, {**known, **cells}, today=today, tables=tables)


def needs(field: Field) -> tuple[str, ...]:
    """Return the questions that the filter of a question reads, in the order of the filter."""
    if field.filter is None:
        return ()
    names = [node.name for node in field.filter.root.walk() if node.op == "var"]
    return tuple(dict.fromkeys(name for name in names if not name.startswith(COLUMN)))


def belonging(fields: Iterable[Field], keys: Iterable[str]) -> set[str]:
    """Return the questions, in the order they are asked, whose choices `keys` decide, also through others.

    A repeat is one of them when a question in its rows is.
    """
    decisive, found = set(keys), set()
    for field in fields:
        if any(decisive.intersection(needs(inner)) for inner in with_rows(field)):
            decisive.add(field.key)
            found.add(field.key)
    return found


def first(field: Field, known: Answers) -> str:
    """Return the question to answer first, "" when everything that the filter reads has an answer."""
    return next((key for key in needs(field) if known.get(key) in (None, "", [], {})), "")


def demands(node: Node) -> Iterator[Demand]:
    """Yield what a filter over a list of the region demands; `rules.datasets` has seen that it can."""
    if node.op == "and":
        for arg in node.args:
            yield from demands(arg)
        return
    column, wanted = node.args
    if not is_column(column):
        column, wanted = wanted, column
    yield Demand(column.name.removeprefix(COLUMN), node.op, wanted)


def narrowed(field: Field, known: Answers, *, today: date, tables: Tables) -> Cells | None:
    """Return the columns with the cells they may hold, None while an answer is missing for that."""
    found: Cells = {}
    for demand in demands(field.filter.root) if field.filter is not None else ():
        if demand.wanted.type == "list":
            values = tuple(arg.value for arg in demand.wanted.args)
        else:
            value = expressions.evaluate(Expression(None, demand.wanted), known, today=today, tables=tables)
            if value is UNKNOWN:
                return None
            values = value if isinstance(value, tuple) else (value,)
        cells = tuple(as_cell(value) for value in values)
        before = found.get(demand.column)
        found[demand.column] = cells if before is None else tuple(c for c in before if c in cells)
    return found


def is_column(node: Node) -> bool:
    """Tell whether a part of a filter is a column of the row on offer."""
    return node.op == "var" and node.name.startswith(COLUMN)


def as_cell(value: Any) -> Json:
    """Return a value of a rule as lists keep it: whole numbers as such, other numbers as exact text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else value
