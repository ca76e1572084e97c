"""Yes or no."""

from __future__ import annotations

from schemas.definition import Field, Json
from schemas.fieldtypes.base import FieldType


class BooleanType(FieldType):
    name = "boolean"
    value_type = "boolean"

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return {"type": "boolean"}


TYPE = BooleanType()
