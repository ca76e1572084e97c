"""A statement that is agreed to, kept with the digest of its words. Not agreeing is no answer at all."""

from __future__ import annotations

from schemas.definition import Field, Json
from schemas.fieldtypes import wording
from schemas.fieldtypes.base import FieldType


class ConsentType(FieldType):
    name = "consent"
    value_type = "boolean"
    calculable = False
    worded = True
    settings = {"revocable": {"type": "boolean"}}

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return {
            "type": "object",
            "required": ["accepted", "text"],
            "properties": {"accepted": {"const": True}, "text": wording.schema(field)},
            "additionalProperties": False,
        }


TYPE = ConsentType()
