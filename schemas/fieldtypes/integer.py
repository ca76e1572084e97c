"""A whole number."""

from __future__ import annotations

from schemas.definition import Field, Json
from schemas.fieldtypes.base import FieldType, bounds

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


TYPE = IntegerType()
