"""A statement that must be agreed to: when the question is required, only yes is an answer."""

from __future__ import annotations

from schemas.definition import Field, Json
from schemas.fieldtypes.base import FieldType


class ConsentType(FieldType):
    name = "consent"
    value_type = "boolean"

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return {"const": True} if field.required is True else {"type": "boolean"}


TYPE = ConsentType()
