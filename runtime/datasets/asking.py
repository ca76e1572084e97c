"""What somebody asks a list for in an address: words, and columns with what may stand in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.http import QueryDict

from runtime.datasets import selectors
from runtime.datasets.models import Edition
from runtime.datasets.searching import folded
from runtime.datasets.tables import as_option
from schemas import expressions
from schemas.definition import Json, Option
from schemas.listing import as_cell

WORDS = "q"
COLUMN = "c."
LONGEST = 100
MOST_CELLS = 200
_TYPES: Mapping[str, Any] = {"number": "number", "money": "number", "date": "date"}


class Unclear(Exception):
    """The question cannot be answered: too long, or about a column that there is not."""


@dataclass(frozen=True, slots=True)
class Question:
    """Words to find, and columns with the cells they may hold."""

    words: str = ""
    cells: Mapping[str, Sequence[Json]] = field(default_factory=dict)


def read(query: QueryDict, edition: Edition, columns: Collection[str]) -> Question:
    """Read `?q=words&c.column=cell`, a column as often as it may hold another cell. Raises `Unclear`."""
    words = query.get(WORDS, "").strip()
    if len(words) > LONGEST or sum(len(given) for _name, given in query.lists()) > MOST_CELLS:
        raise Unclear
    cells: dict[str, list[Json]] = {}
    for name, given in query.lists():
        if name.startswith(COLUMN):
            column = name.removeprefix(COLUMN)
            if column not in columns:
                raise Unclear
            kind = edition.types.get(column, "text")
            cells[column] = [cell for text in given if (cell := _cell(text, kind)) is not None]
    return Question(words, cells)


def answer(
    edition: Edition,
    question: Question,
    columns: Collection[str],
    *,
    language: str,
    limit: int = selectors.MOST_FOUND,
) -> dict[str, Json]:
    """Return the first rows found, value, label and the `columns` of each, and how many more there are."""
    found = selectors.search(edition, question.words, cells=question.cells, limit=limit)
    count = selectors.count(edition, question.words, cells=question.cells)
    options = [as_option(row) for row in found]
    return {
        "found": [
            {
                "value": option.value,
                "label": option.label.say(language),
                "cells": {name: option.cells[name] for name in sorted(columns) if name in option.cells},
            }
            for option in options
        ],
        "more": count - len(found),
    }


def _cell(text: str, kind: str) -> Json:
    """Return the text of a cell as the list keeps it, None when no cell of the column can be that."""
    if kind == "boolean":
        return {"true": True, "false": False}.get(text)
    if kind not in _TYPES:
        return text
    value = expressions.read(text, _TYPES[kind])
    return as_cell(value) if value is not expressions.UNKNOWN else None


def finds(option: Option, words: str) -> bool:
    """Tell whether all the words stand in a row, as a search has it."""
    text = folded(" ".join([*(said for _language, said in option.label.values), option.value]))
    return all(word in text for word in folded(words).split())


def spelt(cell: Json) -> str:
    """Return a cell as it stands in an address."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
