"""A text that follows a pattern of the author, such as the number of a licence."""

from __future__ import annotations

from collections.abc import Iterator

from schemas import ownpatterns
from schemas.definition import Field, Json
from schemas.fieldtypes.base import TEXT, FieldType
from schemas.fieldtypes.text import LONGEST
from schemas.problems import Problem, error


class PatternType(FieldType):
    name = "pattern"
    settings = {
        "pattern": {"type": "string", "minLength": 1, "maxLength": ownpatterns.LONGEST},
        "example": TEXT,
        "maxLength": {"type": "integer", "minimum": 1, "maximum": LONGEST},
    }
    needs = ("pattern",)

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return {
            "type": "string",
            "pattern": ownpatterns.whole(field.settings["pattern"]),
            "minLength": 1,
            "maxLength": field.settings.get("maxLength", LONGEST),
        }

    def problems(self, field: Field, pointer: str) -> Iterator[Problem]:
        pattern = field.settings["pattern"]
        try:
            ownpatterns.check(pattern)
        except ownpatterns.NotAPattern as fault:
            code = "fields.pattern" if fault.part else "fields.pattern_heavy"
            yield error(code, f"{pointer}/pattern", part=fault.part, name=field.key)
            return
        example = field.settings.get("example", {})
        spoken = example.values() if isinstance(example, dict) else (example,)
        if any(words and not ownpatterns.fits(pattern, words) for words in spoken):
            yield error("fields.example", f"{pointer}/example", name=field.key)

    def texts(self, field: Field) -> Iterator[tuple[str, Json, bool]]:
        if "example" in field.settings:
            yield "example", field.settings["example"], False


TYPE = PatternType()
