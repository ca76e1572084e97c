"""Photographs, taken with the phone or chosen from it."""

from __future__ import annotations

from schemas.definition import Field, Json
from schemas.fieldtypes.base import FieldType
from schemas.fieldtypes.file import ITEMS, SIZE, stored_files


class PhotoType(FieldType):
    name = "photo"
    value_type = "thing"
    looked_up = True
    settings = {"maxBytes": SIZE, "maxItems": ITEMS}

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return stored_files(field)


TYPE = PhotoType()
