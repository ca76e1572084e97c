"""One of several options."""

from __future__ import annotations

from schemas.definition import Field, Json
from schemas.fieldtypes.base import LIST, FieldType, listed


class ChoiceType(FieldType):
    name = "choice"
    settings = {**LIST, "style": {"enum": ["radio", "select", "tiles"]}}

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return listed(field)


TYPE = ChoiceType()
