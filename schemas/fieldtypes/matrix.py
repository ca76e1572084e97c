"""Several statements answered from the same options: one answer per row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from schemas.definition import Field, Json
from schemas.fieldtypes.base import OPTIONS, FieldType, ValueType
from schemas.problems import Problem, error

MOST_ROWS = 30
MOST_OPTIONS = 10


class MatrixType(FieldType):
    name = "matrix"
    value_type = "thing"
    settings = {
        "rows": {"allOf": [OPTIONS, {"maxItems": MOST_ROWS}]},
        "options": {"allOf": [OPTIONS, {"maxItems": MOST_OPTIONS}]},
    }
    needs = ("rows", "options")

    def answer_schema(self, field: Field) -> dict[str, Json]:
        """Return the schema: a matrix that may have to be answered is answered row by row, completely."""
        rows = [row["value"] for row in field.settings.get("rows", [])]
        one = {"enum": [option.value for option in field.options]}
        return {
            "type": "object",
            "properties": dict.fromkeys(rows, one),
            "minProperties": 1,
            **({} if field.required is False else {"required": rows}),
            "additionalProperties": False,
        }

    def members(self, item: Mapping[str, Json]) -> Mapping[str, ValueType]:
        """Return the rows as what rules may name with `attr`."""
        return dict.fromkeys((row["value"] for row in item["rows"]), "text")

    def problems(self, field: Field, pointer: str) -> Iterator[Problem]:
        values = [row["value"] for row in field.settings.get("rows", [])]
        for at, value in enumerate(values):
            if value in values[:at]:
                yield error("names.option", f"{pointer}/rows/{at}/value", name=value)

    def texts(self, field: Field) -> Iterator[tuple[str, Json, bool]]:
        for at, row in enumerate(field.settings["rows"]):
            yield f"rows/{at}/label", row["label"], True
            yield f"rows/{at}/help", row.get("help"), False


TYPE = MatrixType()
