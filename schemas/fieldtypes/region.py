"""An area of Indonesia, down to the level that is asked. The answer is its code: 36.71.01.1001.

Which codes exist is for the list of areas to say; the province, regency and district are its first pieces.
"""

from __future__ import annotations

from collections.abc import Iterator

from schemas import areacodes
from schemas.areacodes import LEVELS, Level
from schemas.definition import Field, Json
from schemas.fieldtypes.base import FieldType
from schemas.problems import Problem, error

WITHIN = r"^[0-9]{2}(\.[0-9]{2}){0,2}$"
SETTINGS: dict[str, Json] = {
    "level": {"enum": list(LEVELS)},
    "within": {"type": "string", "pattern": WITHIN, "maxLength": 8},
}
"""Settings of every question that asks for an area: how deep, and inside which one."""


PIECES: dict[str, int] = {name: count for count, name in enumerate(LEVELS[:3], 1)}
"""The areas above a village, and how many pieces of its code name them."""


def level(field: Field) -> Level:
    """Return the level down to which the area is asked."""
    wanted: Level = field.settings.get("level", "village")
    return wanted


def within(field: Field) -> str:
    """Return the code of the area inside which it is asked, "" for the whole country."""
    return str(field.settings.get("within", ""))


def asked(field: Field) -> tuple[Level, ...]:
    """Return the levels that are asked, from the highest: what lies above `within` is known."""
    return LEVELS[areacodes.depth(within(field)) : LEVELS.index(level(field)) + 1]


def area_schema(field: Field) -> dict[str, Json]:
    """Return the JSON Schema of the code of an area."""
    pattern = areacodes.pattern(level(field), within(field))
    return {"type": "string", "pattern": pattern, "maxLength": areacodes.LONGEST}


def area_problems(field: Field, pointer: str) -> Iterator[Problem]:
    """Yield a level that lies above the area inside which it is asked."""
    if not asked(field):
        yield error("fields.within", f"{pointer}/within", field=field.key, area=within(field))


class RegionType(FieldType):
    name = "region"
    settings = SETTINGS
    parts = dict.fromkeys(PIECES, "text")
    pieces = PIECES
    looked_up = True
    area_of = ""

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return area_schema(field)

    def problems(self, field: Field, pointer: str) -> Iterator[Problem]:
        yield from area_problems(field, pointer)


TYPE = RegionType()
