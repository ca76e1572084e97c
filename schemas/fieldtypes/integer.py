"""A whole number."""

from __future__ import annotations

from typing import Any

from schemas.definition import Field, Json
from schemas.fieldtypes.base import FieldType, bounds, rounded

LARGEST = 10**12
LIMIT = {"type": "integer", "minimum": -LARGEST, "maximum": LARGEST}


class IntegerType(FieldType):
    name = "integer"
    value_type = "number"
    settings = {"minimum": LIMIT, "maximum": LIMIT}

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return {
            "type": "integer",
            "minimum": -LARGEST,
            "maximum": LARGEST,
            **bounds(field, "minimum", "maximum"),
        }

    def computed(self, field: Field, value: Any) -> int | None:
        whole = rounded(value, 0)
        return None if whole is None else int(whole)


TYPE = IntegerType()
