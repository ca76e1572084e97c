"""A decimal number. The answer is text (`"12.50"`), so that no binary rounding ever touches it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from schemas.definition import Field, Json
from schemas.fieldtypes.base import FieldType, plain, rounded
from schemas.fieldtypes.integer import LIMIT

USUAL_PLACES = 2


class NumberType(FieldType):
    name = "number"
    value_type = "number"
    settings = {"minimum": LIMIT, "maximum": LIMIT, "places": {"type": "integer", "minimum": 0, "maximum": 6}}

    def answer_schema(self, field: Field) -> dict[str, Json]:
        places = field.settings.get("places", USUAL_PLACES)
        fraction = f"([.][0-9]{{1,{places}}})?" if places else ""
        return {"type": "string", "pattern": f"^-?(0|[1-9][0-9]{{0,12}}){fraction}$", "maxLength": 24}

    def verdict(self, field: Field, value: Json) -> str | None:
        number = Decimal(value)
        if "minimum" in field.settings and number < field.settings["minimum"]:
            return "answers.minimum"
        if "maximum" in field.settings and number > field.settings["maximum"]:
            return "answers.maximum"
        return None

    def computed(self, field: Field, value: Any) -> str | None:
        number = rounded(value, field.settings.get("places", USUAL_PLACES))
        return None if number is None else plain(number)


TYPE = NumberType()
