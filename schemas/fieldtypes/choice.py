"""One of several options."""

from __future__ import annotations

from schemas.definition import Field, Json
from schemas.fieldtypes.base import OPTIONS, FieldType


class ChoiceType(FieldType):
    name = "choice"
    settings = {"options": OPTIONS, "style": {"enum": ["radio", "select", "tiles"]}}
    needs = ("options",)

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return {"enum": [option.value for option in field.options]}


TYPE = ChoiceType()
