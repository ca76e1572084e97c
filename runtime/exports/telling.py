"""One answer as it stands in a file: cells of a table, or JSON; what was chosen from a list with words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from runtime.forms import fields as faces
from runtime.forms.face import Circumstances
from runtime.forms.fields.choice import TITLE
from runtime.regions import selectors as regions
from runtime.regions.models import Region
from schemas import fieldtypes
from schemas.definition import Field, Json, Module
from schemas.exporting import Passage, Way, passage

LISTS = frozenset({"choice", "choices", "office"})
NUMBERS = frozenset({"integer", "number", "money", "rating", "repeat"})
DAYS = frozenset({"date", "date_range"})
Cell = str | list[str]
"""A text, or a kind of value and its text: ["n", "12"], ["d", "2026-11-26"], ["t", "2026-11-26T08:30"]."""


class Teller:
    """Tells the answers of one version of a service; the words of each list are looked up once."""

    def __init__(self, module: Module, region: Region, *, way: Way, language: str, today: date) -> None:
        self.module, self.way, self.language = module, way, language
        self._around = Circumstances(language=language, today=today, region=region, tables=module.tables)
        self._words: dict[tuple[str, str], str] = {}
        self._cells: dict[tuple[str, str], dict[str, str]] = {}
        self._offices: dict[str, str] | None = None

    def mask(self, field: Field, value: Json) -> Json:
        """Return an answer with all but its last digits covered."""
        face = faces.face(field.type)
        return face.mask(face.say(field, value, self._around))

    def columns(self, field: Field) -> tuple[str, ...]:
        """Return what the columns of a question are called, the same with and without an answer."""
        return tuple(self.cells(field, None))

    def cells(self, field: Field, value: Json) -> dict[str, Cell]:
        """Return the cells of a question; `value` as it leaves, None for no answer."""
        if field.type in fieldtypes.UNANSWERED:
            return {}
        return {
            f"{field.key}.{part}" if part else field.key: _typed(field, text)
            for part, text in self._parts(field, value).items()
        }

    def answer(self, field: Field, value: Json) -> Json:
        """Return an answer as JSON: as it is kept, what was chosen from a list with its words."""
        if field.type == "repeat" and isinstance(value, list):
            known = {inner.key: inner for inner in field.fields}
            return [{key: self.answer(known[key], one) for key, one in row.items()} for row in value]
        if field.type in LISTS and isinstance(value, list):
            return [{"value": one, "label": self._title(field, one)} for one in value]
        return {"value": value, "label": self._title(field, value)} if field.type in LISTS else value

    def _parts(self, field: Field, value: Json) -> dict[str, str]:
        if passage(field, self.way) == Passage.MASKED:
            return {"": str(value or "")}
        if field.type in LISTS:
            chosen = value if isinstance(value, list) else [value] if value else []
            titles = [self._title(field, one) for one in chosen]
            return {"": "; ".join(map(str, chosen)), TITLE: "; ".join(titles)}
        key = field.key, json.dumps(value, sort_keys=True)
        if field.type not in ("region", "location"):
            return faces.face(field.type).cells(field, value, self._around)
        if key not in self._cells:
            self._cells[key] = faces.face(field.type).cells(field, value, self._around)
        return self._cells[key]

    def _title(self, field: Field, value: Json) -> str:
        if field.type == "office":
            if self._offices is None:
                assert self._around.region is not None
                self._offices = {one.key: one.name for one in regions.offices(self._around.region)}
            return self._offices.get(str(value), str(value))
        key = field.key, str(value)
        if key not in self._words:
            one = replace(field, type="choice") if field.type == "choices" else field
            self._words[key] = faces.face("choice").say(one, value, self._around)
        return self._words[key]


def leaving(fields: tuple[Field, ...], way: Way) -> Iterator[Field]:
    """Yield the questions of which something leaves that way."""
    return (field for field in fields if passage(field, way) != Passage.NONE)


def _typed(field: Field, text: str) -> Cell:
    if not text:
        return ""
    if field.type in NUMBERS:
        return ["n", text]
    if field.type in DAYS:
        return ["d", text]
    return ["t", text] if field.type == "datetime" else text
