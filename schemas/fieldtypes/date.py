"""A day of the calendar, ISO 8601 (`2026-09-07`)."""

from __future__ import annotations

from schemas.definition import Field, Json
from schemas.fieldtypes.base import FieldType


class DateType(FieldType):
    name = "date"
    value_type = "date"

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return {"type": "string", "format": "date", "maxLength": 10}


TYPE = DateType()
