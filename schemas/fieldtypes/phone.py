"""A telephone number, kept as E.164 (`+62812…`)."""

from __future__ import annotations

import re

from schemas.definition import Field, Json
from schemas.fieldtypes.base import FieldType

E164 = "^[+][1-9][0-9]{7,14}$"
_SPACING = re.compile(r"[\s().\-\u00a0]+")


def normalise(written: str) -> str:
    """Return a number as people write it in Indonesia as E.164; what is not understood stays as it is.

    `0812 3456-789`, `62812…`, `812…` and `+62 812…` become `+62812…`; `00…` becomes `+…`.
    """
    digits = _SPACING.sub("", written.strip())
    if not re.fullmatch(r"\+?[0-9]{7,16}", digits):
        return written.strip()
    if digits.startswith("+"):
        return "+62" + digits[4:] if digits.startswith("+620") else digits
    if digits.startswith("00"):
        return "+" + digits[2:]
    if digits.startswith("0"):
        return "+62" + digits[1:]
    return "+" + digits if digits.startswith("62") else "+62" + digits


class PhoneType(FieldType):
    name = "phone"
    personal = True

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return {"type": "string", "pattern": E164, "maxLength": 16}


TYPE = PhoneType()
