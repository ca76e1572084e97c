"""A day and a time of day, with the offset of the clock it was read from (`2026-09-07T14:05+07:00`)."""

from __future__ import annotations

from datetime import date

from schemas.definition import Field, Json
from schemas.fieldtypes.base import FieldType
from schemas.fieldtypes.time import CLOCK

DAY = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
OFFSET = "[+-](0[0-9]|1[0-4]):[0-5][0-9]"


class DateTimeType(FieldType):
    name = "datetime"
    value_type = "datetime"
    calculable = False  # a rule knows the moment, not whose clocks showed it

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return {"type": "string", "pattern": f"^{DAY}T{CLOCK}{OFFSET}$", "maxLength": 22}

    def verdict(self, field: Field, value: Json) -> str | None:
        try:
            date.fromisoformat(value[:10])
        except ValueError:
            return "datetime.unreal"
        return None


TYPE = DateTimeType()
