"""A telephone number, kept as E.164 (`+62812…`)."""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers import PhoneNumberType

from schemas.definition import Field, Json
from schemas.fieldtypes.base import FieldType

E164 = "^[+][1-9][0-9]{7,14}$"
_MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
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


def is_mobile(number: str) -> bool:
    """Tell whether a message can reach a number in E.164, as far as its country's plan of numbers tells."""
    parsed = _parsed(number)
    return parsed is not None and phonenumbers.number_type(parsed) in _MOBILE


def is_known(number: str) -> bool:
    """Tell whether the plan of numbers of its country has a number like this one."""
    parsed = _parsed(number)
    return parsed is not None and phonenumbers.is_valid_number(parsed)


def _parsed(number: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return None


class PhoneType(FieldType):
    """Plans of numbers change, so a number that is not in one is only doubted; `mobile` is a demand."""

    name = "phone"
    personal = True
    settings = {"mobile": {"type": "boolean"}}

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return {"type": "string", "pattern": E164, "maxLength": 16}

    def judges(self, field: Field) -> bool:
        return bool(field.settings.get("mobile"))

    def verdict(self, field: Field, value: Json) -> str | None:
        return "phone.mobile" if self.judges(field) and not is_mobile(value) else None

    def hint(self, field: Field, value: Json) -> str | None:
        return None if is_known(value) else "phone.unknown"


TYPE = PhoneType()
