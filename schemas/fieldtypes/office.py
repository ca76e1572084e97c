"""An office of the region: a village, a district, an agency. The answer is the office's key."""

from __future__ import annotations

from schemas.definition import Field, Json
from schemas.fieldtypes.base import FieldType

KINDS = ("nation", "province", "regency", "city", "district", "village", "agency")


class OfficeType(FieldType):
    name = "office"
    settings = {
        "kinds": {
            "type": "array",
            "minItems": 1,
            "maxItems": 7,
            "uniqueItems": True,
            "items": {"enum": list(KINDS)},
        }
    }
    needs = ("kinds",)
    looked_up = True

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$", "minLength": 1, "maxLength": 60}


TYPE = OfficeType()
