"""Number of the family card (KK): 6 digits area, 6 digits date of recording, 4 digits serial."""

from __future__ import annotations

from datetime import date

from schemas.definition import Field, Json
from schemas.fieldtypes.base import FieldType
from schemas.fieldtypes.nik import is_place


def recorded(number: str) -> bool:
    """Tell whether the middle six digits may be a day; the century is not in the number."""
    try:
        date(2000 + int(number[10:12]), int(number[8:10]), int(number[6:8]))
    except ValueError:
        return False
    return True


class FamilyCardType(FieldType):
    name = "no_kk"
    personal = True

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return {"type": "string", "pattern": "^[0-9]{16}$", "maxLength": 16}

    def verdict(self, field: Field, value: Json) -> str | None:
        return "no_kk.same" if len(set(value)) == 1 else None

    def hint(self, field: Field, value: Json) -> str | None:
        if not is_place(value):
            return "no_kk.region"
        return None if recorded(value) else "no_kk.date"


TYPE = FamilyCardType()
