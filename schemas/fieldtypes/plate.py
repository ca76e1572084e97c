"""The registration plate of a vehicle (TNKB), kept as `B 1234 XYZ`."""

from __future__ import annotations

import re

from schemas.definition import Field, Json
from schemas.fieldtypes.base import FieldType

PATTERN = "^[A-Z]{1,2} [1-9][0-9]{0,3}( [A-Z]{1,3})?$"
_WRITTEN = re.compile(r"([A-Z]{1,2})0*([1-9][0-9]{0,3})([A-Z]{0,3})")


def normalise(written: str) -> str:
    """Return a plate however it is spaced (`b1234xyz`, `B-1234-XYZ`); what is none stays as it is."""
    found = _WRITTEN.fullmatch(re.sub(r"[\s.\-\u00a0]", "", written).upper())
    return " ".join(part for part in found.groups() if part) if found else written.strip()


class PlateType(FieldType):
    name = "plate"

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return {"type": "string", "pattern": PATTERN, "maxLength": 11}


TYPE = PlateType()
