"""A mark from 1 to `max` (5 unless told), as stars."""

from __future__ import annotations

from schemas.definition import Field, Json
from schemas.fieldtypes.base import FieldType

USUAL_MAX = 5


class RatingType(FieldType):
    name = "rating"
    value_type = "number"
    settings = {"max": {"type": "integer", "minimum": 2, "maximum": 10}}

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return {"type": "integer", "minimum": 1, "maximum": field.settings.get("max", USUAL_MAX)}


TYPE = RatingType()
