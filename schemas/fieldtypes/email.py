"""An e-mail address."""

from __future__ import annotations

from schemas.definition import Field, Json
from schemas.fieldtypes.base import FieldType


class EmailType(FieldType):
    name = "email"
    personal = True

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return {"type": "string", "format": "email", "minLength": 3, "maxLength": 254}


TYPE = EmailType()
