"""A telephone number, kept in E.164; a number without a country code is Indonesian."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from runtime.forms.face import UNSPELT, Circumstances, FieldFace, Refused, Typed, mask_digits
from schemas.definition import Field, Json
from schemas.fieldtypes.phone import E164, is_mobile, normalise


@dataclass(frozen=True)
class PhoneFace(FieldFace):
    """Reads 0812-3456-7890, 62812…, +62 812… and (021) 5550123 alike."""

    def clean(self, question: Field, typed: Typed, around: Circumstances) -> Json:
        number = normalise(re.sub(r"[/\u2010-\u2015\u202f]", " ", str(typed[""])))
        if not re.fullmatch(E164, number):
            raise Refused("phone.format")
        if question.settings.get("mobile") and not is_mobile(number):
            raise Refused("phone.mobile")
        return number

    def show(self, question: Field, answer: Json, around: Circumstances) -> Typed:
        return {"": national(str(answer)) if answer else ""}

    def say(self, question: Field, answer: Json, around: Circumstances) -> str:
        return national(str(answer))

    def mask(self, words: str) -> str:
        return mask_digits(words)


def national(number: str) -> str:
    """Return an Indonesian number as people write it (0812-3456-7890); others stay international."""
    if not number.startswith("+62"):
        return number
    local = "0" + number[3:]
    if not local.startswith("08"):
        return local
    return "-".join(part for part in (local[:4], local[4:8], local[8:]) if part)


FACE = PhoneFace(
    "phone", example=_("For example 0812-3456-7890."),
    inputmode="tel", input_type="tel", autocomplete="tel", width="20", extra=UNSPELT,
)  # fmt: skip
