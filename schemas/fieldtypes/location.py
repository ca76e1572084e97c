"""A place: a landmark in words, and coordinates (WGS 84 degrees) when they are known."""

from __future__ import annotations

from schemas.definition import Field, Json
from schemas.fieldtypes.base import FieldType


class LocationType(FieldType):
    name = "location"
    value_type = "thing"

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return {
            "type": "object",
            "properties": {
                "lat": {"type": "number", "minimum": -90, "maximum": 90},
                "lon": {"type": "number", "minimum": -180, "maximum": 180},
                "landmark": {"type": "string", "maxLength": 500},
            },
            "minProperties": 1,
            "dependentRequired": {"lat": ["lon"], "lon": ["lat"]},
            "additionalProperties": False,
        }


TYPE = LocationType()
