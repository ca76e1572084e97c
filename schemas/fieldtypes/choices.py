"""Any number of several options."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.definition import Field, Json
from schemas.fieldtypes.base import COUNT, LIST, FieldType, bounds, listed
from schemas.problems import Problem, error


class ChoicesType(FieldType):
    name = "choices"
    value_type = "choices"
    settings = {**LIST, "style": {"enum": ["tiles"]}, "minItems": COUNT, "maxItems": COUNT}

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return {
            "type": "array",
            "items": listed(field),
            "uniqueItems": True,
            "minItems": max(1, field.settings.get("minItems", 1)),
            **bounds(field, "maxItems"),
        }

    def problems(self, field: Field, pointer: str) -> Iterator[Problem]:
        yield from super().problems(field, pointer)
        least = field.settings.get("minItems", 0)
        if field.options and least > len(field.options):
            yield error(
                "fields.range", f"{pointer}/minItems", low=least, high=len(field.options), field=field.key
            )


TYPE = ChoicesType()
