"""A mark from 1 to `max` (5 unless told), as stars."""

from __future__ import annotations

from typing import Any

from schemas.definition import Field, Json
from schemas.fieldtypes.base import FieldType, rounded

USUAL_MAX = 5


class RatingType(FieldType):
    name = "rating"
    value_type = "number"
    settings = {"max": {"type": "integer", "minimum": 2, "maximum": 10}}

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return {"type": "integer", "minimum": 1, "maximum": field.settings.get("max", USUAL_MAX)}

    def computed(self, field: Field, value: Any) -> int | None:
        whole = rounded(value, 0)
        return None if whole is None else int(whole)


TYPE = RatingType()
