"""An amount of money in whole rupiah (`currency` IDR has no smaller unit in use)."""

from __future__ import annotations

from typing import Any

from schemas.definition import Field, Json
from schemas.fieldtypes.base import FieldType, bounds, rounded

LARGEST = 2**53 - 1
LIMIT = {"type": "integer", "minimum": 0, "maximum": LARGEST}


class MoneyType(FieldType):
    name = "money"
    value_type = "number"
    settings = {"currency": {"enum": ["IDR"]}, "minimum": LIMIT, "maximum": LIMIT}

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return {
            "type": "integer",
            "minimum": 0,
            "maximum": LARGEST,
            **bounds(field, "minimum", "maximum"),
            "x-currency": field.settings.get("currency", "IDR"),
        }

    def computed(self, field: Field, value: Any) -> int | None:
        whole = rounded(value, 0)
        return None if whole is None else int(whole)


TYPE = MoneyType()
