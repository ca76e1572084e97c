"""The buttons beside rows: add one, take one away, copy one. Works on what was typed, right or wrong."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from runtime.forms.spots import named
from schemas.definition import Field, Json
from schemas.fieldtypes import repeat
from schemas.walk import Path

COMMAND = "_rows"
FILES = frozenset({"file", "photo"})
Typed = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RowCommand:
    """What to do (`add`, `remove`, `copy`) with the rows of `repeat`, which stand at `path`."""

    verb: str
    question: Field
    path: Path
    at: int = 0

    def apply(self, answers: dict[str, Json], typed: Mapping[str, Any]) -> tuple[dict[str, Json], Typed]:
        """Return answers and typed texts of the page with the rows changed; a full list stays as it is."""
        fresh = copy.deepcopy(answers)
        rows: list[Json] = reach(fresh, self.path)
        top = str(self.path[0])
        shelf = dict(typed.get(top) or {})
        if self.verb == "remove" and self.at < len(rows):
            del rows[self.at]
            shelf = dict(self._moved(shelf, -1))
        elif len(rows) < repeat.most(self.question):
            if self.verb == "add":
                rows.append({})
            elif self.verb == "copy" and self.at < len(rows):
                rows.insert(self.at + 1, without_files(self.question, rows[self.at]))
                shelf = dict(self._moved(shelf, 1))
        after = {key: value for key, value in typed.items() if key != top}
        return fresh, after | ({top: shelf} if shelf else {})

    @property
    def anchor(self) -> str:
        """Return the name of the row to look at afterwards, or of the repeat when one was taken away."""
        if self.verb == "remove":
            return named(self.path)
        return named((*self.path, self.at + 1 if self.verb == "copy" else self.at))

    def _moved(self, shelf: Typed, step: int) -> Iterator[tuple[str, Any]]:
        """Yield the texts of rows behind the changed one under their new numbers; a copy keeps its own."""
        start = f"{named(self.path)}."
        for name, text in shelf.items():
            number, _, rest = name.removeprefix(start).partition(".")
            if not name.startswith(start) or not number.isdigit():
                yield name, text
                continue
            row = int(number)
            if step < 0 and row == self.at:
                continue
            if step > 0 and row == self.at:
                yield name, text
                yield f"{start}{row + 1}.{rest}", text
                continue
            yield f"{start}{row + step if row > self.at else row}.{rest}", text


def read(text: str, find: Mapping[str, tuple[Field, Path]]) -> RowCommand | None:
    """Read what a button says; `find` knows the repeats on the page by the name they were posted under.

    None for anything that no button of the page can have said.
    """
    verb, _, place = text.partition(":")
    if verb == "add" and place in find:
        question, path = find[place]
        return RowCommand("add", question, path)
    parent, _, number = place.rpartition(".")
    if verb not in ("remove", "copy") or parent not in find or not (number.isascii() and number.isdigit()):
        return None
    question, path = find[parent]
    return RowCommand(verb, question, path, int(number))


def reach(answers: dict[str, Json], path: Path) -> Any:
    """Return the rows or the row at a path of `answers`, made there where the page had none yet."""
    place: Any = answers
    for part in path:
        if isinstance(part, str):
            place = place.setdefault(part, [])
            continue
        place.extend({} for _ in range(part + 1 - len(place)))
        place = place[part]
    return place


def without_files(question: Field, row: Json) -> Json:
    """Return a copy of a row; files belong to one place and are not copied."""
    fresh = {}
    for field in question.fields:
        if field.key not in row or field.type in FILES:
            continue
        value = row[field.key]
        inner = field.type == "repeat" and isinstance(value, list)
        fresh[field.key] = [without_files(field, one) for one in value] if inner else copy.deepcopy(value)
    return fresh
