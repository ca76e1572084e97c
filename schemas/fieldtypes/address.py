"""An address: street, RT and RW, hamlet, area and postcode, each in its own place."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.definition import Field, Json
from schemas.fieldtypes import region
from schemas.fieldtypes.base import NOT_BLANK, FieldType
from schemas.problems import Problem

LONGEST = {"street": 200, "hamlet": 100}


class AddressType(FieldType):
    name = "address"
    value_type = "thing"
    settings = region.SETTINGS
    personal = True
    parts = dict.fromkeys(("street", "rt", "rw", "hamlet", "region", "postcode", *region.PIECES), "text")
    pieces = region.PIECES
    piece_of = "region"
    looked_up = True
    area_of = "region"

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return {
            "type": "object",
            "required": ["street", "region"],
            "properties": {
                "street": {"type": "string", "pattern": NOT_BLANK, "maxLength": LONGEST["street"]},
                "rt": {"type": "string", "pattern": "^[0-9]{3}$"},
                "rw": {"type": "string", "pattern": "^[0-9]{3}$"},
                "hamlet": {"type": "string", "pattern": NOT_BLANK, "maxLength": LONGEST["hamlet"]},
                "region": region.area_schema(field),
                "postcode": {"type": "string", "pattern": "^[1-9][0-9]{4}$"},
            },
            "additionalProperties": False,
        }

    def problems(self, field: Field, pointer: str) -> Iterator[Problem]:
        yield from region.area_problems(field, pointer)


TYPE = AddressType()
