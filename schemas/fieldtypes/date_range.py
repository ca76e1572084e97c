"""Two days of the calendar, the first and the last; both count."""

from __future__ import annotations

from schemas.definition import Field, Json
from schemas.fieldtypes.base import FieldType

DAY = {"type": "string", "format": "date", "maxLength": 10}


class DateRangeType(FieldType):
    name = "date_range"
    value_type = "thing"
    parts = {"from": "date", "to": "date"}

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return {
            "type": "object",
            "required": ["from", "to"],
            "properties": {"from": DAY, "to": DAY},
            "additionalProperties": False,
        }

    def verdict(self, field: Field, value: Json) -> str | None:
        return "date_range.order" if value["to"] < value["from"] else None


TYPE = DateRangeType()
