"""Documents handed in. The answer names stored files, never their content."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.definition import Field, Json
from schemas.fieldtypes.base import FieldType
from schemas.problems import Problem

KINDS = ("application/pdf", "image/jpeg", "image/png", "image/webp", "image/heic", "image/*")
LARGEST = 20_000_000
USUAL_BYTES = 5_000_000
MOST = 20
SIZE = {"type": "integer", "minimum": 10_000, "maximum": LARGEST}
ITEMS = {"type": "integer", "minimum": 1, "maximum": MOST}


def stored_files(field: Field) -> dict[str, Json]:
    """Return the schema of a list of stored files."""
    return {
        "type": "array",
        "minItems": 1,
        "maxItems": field.settings.get("maxItems", 1),
        "items": {
            "type": "object",
            "required": ["id", "name", "size", "type", "sha256"],
            "properties": {
                "id": {"type": "string", "format": "uuid", "maxLength": 36},
                "name": {"type": "string", "minLength": 1, "maxLength": 255},
                "size": {"type": "integer", "minimum": 0, "maximum": LARGEST},
                "type": {"type": "string", "minLength": 1, "maxLength": 100},
                "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$", "maxLength": 64},
            },
            "additionalProperties": False,
        },
    }


class FileType(FieldType):
    name = "file"
    value_type = "thing"
    looked_up = True
    settings = {
        "accept": {
            "type": "array",
            "minItems": 1,
            "maxItems": 10,
            "uniqueItems": True,
            "items": {"enum": list(KINDS)},
        },
        "maxBytes": SIZE,
        "maxItems": ITEMS,
    }

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return stored_files(field)

    def problems(self, field: Field, pointer: str) -> Iterator[Problem]:
        yield from ()


TYPE = FileType()
