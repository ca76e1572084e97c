"""The taxpayer number (NPWP): 16 digits, or the 15 of older cards."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from runtime.forms.digits import DigitsFace
from runtime.forms.face import UNSPELT, Circumstances
from schemas.definition import Field, Json

OLD = 15


@dataclass(frozen=True)
class TaxNumberFace(DigitsFace):
    """Puts a 0 before an old number, and says it with the marks that people know from their card."""

    def complete(self, digits: str) -> str:
        return f"0{digits}" if len(digits) == OLD else digits

    def say(self, question: Field, answer: Json, around: Circumstances) -> str:
        number = str(answer)
        if not number.startswith("0"):
            return number
        old = number[1:]
        return f"{old[:2]}.{old[2:5]}.{old[5:8]}.{old[8]}-{old[9:12]}.{old[12:]}"


FACE = TaxNumberFace(
    "npwp", sentences="npwp", example=_("16 digits, or the 15 of an older card."),
    inputmode="numeric", width="20", extra=UNSPELT,
)  # fmt: skip
