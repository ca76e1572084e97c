"""Something the server notes by itself beside the answers: never shown to the applicant, never posted."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.definition import Field, Json
from schemas.fieldtypes.base import FieldType
from schemas.problems import Problem, error

SOURCES = ("filed_on", "language", "channel", "query")
LONGEST = 250


class MetadataType(FieldType):
    """`source` says what is noted; `parameter` is the name in the address for the source `query`."""

    name = "metadata"
    settings = {
        "source": {"enum": list(SOURCES)},
        "parameter": {"$ref": "urn:rakit:v1:common#/$defs/key"},
    }
    needs = ("source",)
    calculable = False
    asked = False

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return {"type": "string", "minLength": 1, "maxLength": LONGEST, "readOnly": True}

    def problems(self, field: Field, pointer: str) -> Iterator[Problem]:
        named = "parameter" in field.settings
        if named != (field.settings["source"] == "query"):
            yield error("fields.parameter", pointer, name=field.key)
        if field.required is not False or field.calculate is not None or field.read_only:
            yield error("fields.metadata_rule", pointer, name=field.key)


TYPE = MetadataType()
