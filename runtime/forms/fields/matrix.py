"""Statements in rows, each answered from the same options: a table on a desk, cards on a phone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms.utils import flatatt

from runtime.forms.face import Circumstances, FieldFace, Refused, Typed, clean_text, part_name
from schemas.definition import Field, Json
from schemas.fieldtypes.base import said
from schemas.fieldtypes.matrix import MOST_ROWS

WIDEST = 6


@dataclass(frozen=True)
class MatrixFace(FieldFace):
    """The inputs of the rows are numbered from 1; the answer names the rows by their values."""

    def names(self, name: str) -> tuple[str, ...]:
        return tuple(part_name(name, str(number)) for number in range(1, MOST_ROWS + 1))

    def read(self, get: Callable[[str], Sequence[Any]], name: str) -> Typed:
        posted = {str(number): get(part_name(name, str(number))) for number in range(1, MOST_ROWS + 1)}
        return {number: clean_text(values[-1]) for number, values in posted.items() if values}

    def clean(self, question: Field, typed: Typed, around: Circumstances) -> Json:
        given = {row["value"]: str(typed.get(number, "")) for number, row in _numbered(question)}
        answer = {row: value for row, value in given.items() if value}
        if len(answer) < len([value for value in typed.values() if value]):
            raise Refused("option.unknown")
        if set(answer.values()) - {option.value for option in question.options}:
            raise Refused("option.unknown")
        missing = [row for _number, row in _numbered(question) if row["value"] not in answer]
        if missing and question.required is not False:
            raise Refused(
                "matrix.rows", rows=", ".join(f"“{_label(row, around.language)}”" for row in missing)
            )
        return answer

    def show(self, question: Field, answer: Json, around: Circumstances) -> Typed:
        given = answer if isinstance(answer, dict) else {}
        return {number: given[row["value"]] for number, row in _numbered(question) if row["value"] in given}

    def lead(self, question: Field, typed: Typed) -> str:
        """Return the first row without an answer."""
        return next((number for number, _row in _numbered(question) if not typed.get(number)), "")

    def say(self, question: Field, answer: Json, around: Circumstances) -> str:
        words = {option.value: option.label.say(around.language) for option in question.options}
        lines = [
            f"{_label(row, around.language)}: {words.get(answer[row['value']], answer[row['value']])}"
            for _number, row in _numbered(question)
            if row["value"] in answer
        ]
        return "\n".join(lines)

    def cells(self, question: Field, answer: Json, around: Circumstances | None = None) -> dict[str, str]:
        given = answer if isinstance(answer, dict) else {}
        return {row["value"]: str(given.get(row["value"], "")) for _number, row in _numbered(question)}

    def detail(self, question: Field, typed: Typed, *, name: str, language: str) -> Any:
        """Return columns and rows; the first input of each row carries the id of the row."""
        options = [(option.value, option.label.say(language)) for option in question.options]
        rows = []
        for number, row in _numbered(question):
            inputs = []
            for place, (value, label) in enumerate(options, 1):
                own = f"id_{name}-{number}" if place == 1 else f"id_{name}-{number}-{place}"
                about = {
                    "type": "radio",
                    "id": own,
                    "name": part_name(name, number),
                    "value": value,
                    "checked": typed.get(number) == value,
                }
                inputs.append({"id": own, "label": label, "attributes": flatatt(about)})
            words = {"label": _label(row, language), "help": said(row.get("help"), language)}
            rows.append({**words, "value": row["value"], "id": f"id_{name}-{number}-label", "inputs": inputs})
        return {"columns": [label for _value, label in options], "rows": rows, "wide": len(options) <= WIDEST}


def _numbered(question: Field) -> list[tuple[str, dict[str, Json]]]:
    return [(str(number), row) for number, row in enumerate(question.settings["rows"], 1)]


def _label(row: dict[str, Json], language: str) -> str:
    return said(row["label"], language)


FACE = MatrixFace("matrix", grouped=True)
