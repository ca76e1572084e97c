"""The places on a page where a question stands: once, or once in each row of a repeat.

A place has a path, such as `("anak", 0, "nama")`, and the name its inputs are posted under, `anak.0.nama`.
Rows that a script took out leave gaps in the posted numbers; paths have none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from schemas.definition import Field, Json
from schemas.fieldtypes import repeat
from schemas.walk import Path

ROW = "_row"
"""Posted once for each row that stands on the page, also for one without any input: `anak.0`."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One question at its place. `posted` is the name of its inputs in what arrived."""

    question: Field
    path: Path
    posted: str
    rows: tuple[Row, ...] = ()

    @property
    def name(self) -> str:
        """Return the name that its inputs get when the page is drawn."""
        return named(self.path)

    @property
    def is_repeat(self) -> bool:
        return self.question.type == "repeat"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a repeat."""

    path: Path
    posted: str
    spots: tuple[Spot, ...]

    @property
    def name(self) -> str:
        return named(self.path)


MOST_POSTED = 200
"""So many rows of one repeat are read at most; a page draws fewer."""

Numbers = Callable[[Field, Path, str], Sequence[int]]
"""Tells the numbers of the rows there are of a repeat, given its path and posted name."""


def build(fields: Iterable[Field], numbers: Numbers, path: Path = (), posted: str = "") -> tuple[Spot, ...]:
    """Return the places of `fields`, with as many rows as `numbers` tells."""
    return tuple(_spot(field, numbers, (*path, field.key), f"{posted}{field.key}") for field in fields)


def _spot(field: Field, numbers: Numbers, path: Path, posted: str) -> Spot:
    if field.type != "repeat":
        return Spot(field, path, posted)
    rows = []
    for at, number in enumerate(numbers(field, path, posted)):
        inside = f"{posted}.{number}"
        spots = build(field.fields, numbers, (*path, at), f"{inside}.")
        rows.append(Row((*path, at), inside, spots))
    return Spot(field, path, posted, tuple(rows))


def leaves(spots: Iterable[Spot]) -> Iterator[Spot]:
    """Yield every place with inputs of its own, in the order of the page."""
    for spot in spots:
        if spot.is_repeat:
            for row in spot.rows:
                yield from leaves(row.spots)
        else:
            yield spot


def every(spots: Iterable[Spot]) -> Iterator[Spot]:
    """Yield every place, a repeat before what is in its rows."""
    for spot in spots:
        yield spot
        for row in spot.rows:
            yield from every(row.spots)


def named(path: Path) -> str:
    return ".".join(map(str, path))


def dig(answers: Json, path: Path) -> Json:
    """Return the answer at a path, None where there is none."""
    for part in path:
        if isinstance(answers, Mapping):
            answers = answers.get(str(part))
        elif isinstance(answers, list) and isinstance(part, int) and part < len(answers):
            answers = answers[part]
        else:
            return None
    return answers


def posted_numbers(markers: Iterable[str], posted: str) -> list[int]:
    """Return the numbers of the rows of the repeat `posted` that arrived."""
    start = f"{posted}."
    tails = [marker.removeprefix(start) for marker in markers if marker.startswith(start)]
    numbers = {int(tail) for tail in tails if tail.isascii() and tail.isdigit() and len(tail) <= 4}
    return sorted(numbers)[:MOST_POSTED]


def stored_numbers(field: Field, value: Json) -> range:
    """Return the numbers of the rows to draw: those stored, and as many more as must be filled in."""
    stored = len(value) if isinstance(value, list) else 0
    return range(max(stored, repeat.wanted(field)))
