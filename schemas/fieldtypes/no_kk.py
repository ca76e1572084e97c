"""Number of the family card (KK): 6 digits area, 6 digits date of recording, 4 digits serial."""

from __future__ import annotations

from schemas.definition import Field, Json
from schemas.fieldtypes.base import FieldType
from schemas.fieldtypes.nik import PROVINCES


class FamilyCardType(FieldType):
    name = "no_kk"
    personal = True

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return {"type": "string", "pattern": "^[0-9]{16}$", "maxLength": 16}

    def verdict(self, field: Field, value: Json) -> str | None:
        return "no_kk.same" if len(set(value)) == 1 else None

    def hint(self, field: Field, value: Json) -> str | None:
        return None if value[:2] in PROVINCES else "no_kk.region"


TYPE = FamilyCardType()
