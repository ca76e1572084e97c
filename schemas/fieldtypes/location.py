"""A place: a landmark in words, its district or village, and coordinates (WGS 84 degrees) when known."""

from __future__ import annotations

from collections.abc import Iterator

from schemas import areacodes
from schemas.definition import Field, Json
from schemas.fieldtypes import region
from schemas.fieldtypes.base import FieldType
from schemas.problems import Problem


class LocationType(FieldType):
    name = "location"
    value_type = "thing"
    settings = {"level": {"enum": ["district", "village"]}, "within": region.SETTINGS["within"]}
    parts = {"landmark": "text", "area": "text"}
    looked_up = True
    area_of = "area"

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return {
            "type": "object",
            "properties": {
                "lat": {"type": "number", "minimum": -90, "maximum": 90},
                "lon": {"type": "number", "minimum": -180, "maximum": 180},
                "landmark": {"type": "string", "maxLength": 500},
                "area": {"type": "string", "pattern": _area(field), "maxLength": areacodes.LONGEST},
            },
            "minProperties": 1,
            "dependentRequired": {"lat": ["lon"], "lon": ["lat"]},
            "additionalProperties": False,
        }

    def problems(self, field: Field, pointer: str) -> Iterator[Problem]:
        yield from region.area_problems(field, pointer)


def _area(field: Field) -> str:
    """Return the pattern of a district or, down to the level that is asked, of a village in it."""
    district = areacodes.pattern("district", region.within(field))
    return district if region.level(field) == "district" else f"{district[:-1]}(\\.[0-9]{{4}})?$"


TYPE = LocationType()
