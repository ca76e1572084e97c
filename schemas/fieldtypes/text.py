"""One line of text."""

from __future__ import annotations

from schemas.definition import Field, Json
from schemas.fieldtypes.base import NOT_BLANK, FieldType, bounds

LONGEST = 250


class TextType(FieldType):
    name = "text"
    settings = {
        "minLength": {"type": "integer", "minimum": 1, "maximum": LONGEST},
        "maxLength": {"type": "integer", "minimum": 1, "maximum": LONGEST},
    }

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return {
            "type": "string",
            "pattern": NOT_BLANK,
            "minLength": 1,
            "maxLength": LONGEST,
            **bounds(field, "minLength", "maxLength"),
        }


TYPE = TextType()
