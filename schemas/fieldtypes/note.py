"""Words between the questions; there is nothing to answer."""

from __future__ import annotations

from schemas.definition import Field
from schemas.fieldtypes.base import FieldType


class NoteType(FieldType):
    name = "note"
    value_type = None
    calculable = False

    def answer_schema(self, field: Field) -> None:
        return None


TYPE = NoteType()
