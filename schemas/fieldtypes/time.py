"""A time of day, `14:05`."""

from __future__ import annotations

from schemas.definition import Field, Json
from schemas.fieldtypes.base import FieldType

CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]"


class TimeType(FieldType):
    name = "time"
    value_type = "time"

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return {"type": "string", "pattern": f"^{CLOCK}$", "maxLength": 5}


TYPE = TimeType()
