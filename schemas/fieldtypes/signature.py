"""A name signed under words, kept with their digest; a drawing beside it is welcome, never needed.

A drawing is SVG path data of moves and lines between whole numbers inside a box, nothing else.
"""

from __future__ import annotations

import re

from schemas.definition import Field, Json
from schemas.fieldtypes import wording
from schemas.fieldtypes.base import NOT_BLANK, FieldType

LONGEST_NAME = 200
MOST_STROKES = 20_000
WIDTH, HEIGHT = 600, 240
_X = r"(?:0|[1-9][0-9]?|[1-5][0-9]{2}|600)"
_Y = r"(?:0|[1-9][0-9]?|1[0-9]{2}|2[0-3][0-9]|240)"
STROKES = f"^(?:M{_X} {_Y}(?:L{_X} {_Y})+)+$"
_STROKES = re.compile(STROKES[:-1] + r"\Z")


def drawable(strokes: Json) -> bool:
    """Say whether `strokes` is a drawing that may be shown."""
    return isinstance(strokes, str) and len(strokes) <= MOST_STROKES and bool(_STROKES.match(strokes))


class SignatureType(FieldType):
    name = "signature"
    value_type = "thing"
    personal = True
    worded = True
    parts = {"name": "text"}

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return {
            "type": "object",
            "required": ["name", "text"],
            "properties": {
                "name": {"type": "string", "pattern": NOT_BLANK, "minLength": 1, "maxLength": LONGEST_NAME},
                "text": wording.schema(field),
                "strokes": {"type": "string", "pattern": STROKES, "maxLength": MOST_STROKES},
            },
            "additionalProperties": False,
        }


TYPE = SignatureType()
