"""Questions that are asked several times: one row for each child, each stall, each witness."""

from __future__ import annotations

from collections.abc import Iterator

from schemas import fieldtypes
from schemas.definition import Field, Json
from schemas.fieldtypes.base import TEXT, FieldType
from schemas.problems import Problem, error

USUAL = 20
MOST = 100
LEAST_ITEMS = {"type": "integer", "minimum": 0, "maximum": MOST}
MOST_ITEMS = {"type": "integer", "minimum": 1, "maximum": MOST}
MOST_LEVELS = 2


class RepeatType(FieldType):
    name = "repeat"
    value_type = "rows"
    settings = {
        "minItems": LEAST_ITEMS,
        "maxItems": MOST_ITEMS,
        "item": TEXT,
        "style": {"enum": ["cards", "table"]},
        "row": {
            "type": "object",
            "properties": {
                "check": {"$ref": "urn:rakit:v1:form#/$defs/expression"},
                "messages": {"$ref": "urn:rakit:v1:form#/$defs/messages"},
            },
            "additionalProperties": False,
        },
        "fields": {"$ref": "urn:rakit:v1:form#/$defs/items"},
    }
    needs = ("fields",)
    calculable = False

    def answer_schema(self, field: Field) -> dict[str, Json]:
        """Return the schema of the rows; what rules ask of a row is added by `schemas.answers`."""
        found = {inner.key: fieldtypes.get(inner.type).answer_schema(inner) for inner in field.fields}
        return {
            "type": "array",
            "minItems": max(1, least(field)),
            "maxItems": most(field),
            "items": {
                "type": "object",
                "properties": {key: schema for key, schema in found.items() if schema is not None},
                "additionalProperties": False,
            },
        }

    def problems(self, field: Field, pointer: str) -> Iterator[Problem]:
        yield from super().problems(field, pointer)
        if not any(fieldtypes.get(inner.type).value_type for inner in field.fields):
            yield error("fields.empty_row", f"{pointer}/fields", name=field.key)

    def texts(self, field: Field) -> Iterator[tuple[str, Json, bool]]:
        if "item" in field.settings:
            yield "item", field.settings["item"], False


def least(field: Field) -> int:
    """Return how many rows there must be once there are any."""
    return int(field.settings.get("minItems", 0))


def most(field: Field) -> int:
    """Return how many rows there may be."""
    return int(field.settings.get("maxItems", max(USUAL, least(field))))


def needed(field: Field, filled: int, *, required: bool) -> int:
    """Return how many rows must be filled in when `filled` are: none where nobody has to begin."""
    return max(least(field), 1 if required else 0) if filled or required else 0


def wanted(field: Field) -> int:
    """Return how many rows stand on a page that nobody has filled in yet."""
    return max(least(field), 1 if field.required is True else 0)


TYPE = RepeatType()
