"""The 16 digits of a citizen's identity number (NIK)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from runtime.forms.face import UNSPELT, Circumstances, FieldFace, Refused, Typed, mask_digits
from schemas.definition import Field, Json


@dataclass(frozen=True)
class SixteenDigitsFace(FieldFace):
    """Reads sixteen digits, with or without spaces and points between them."""

    def clean(self, question: Field, typed: Typed, around: Circumstances) -> Json:
        digits = re.sub(r"[\s.\-\u00a0]", "", str(typed[""]))
        if not (digits.isascii() and digits.isdigit()):
            raise Refused(f"{self.type}.digits")
        if len(digits) != 16:
            raise Refused(f"{self.type}.length", length=len(digits))
        return digits

    def mask(self, words: str) -> str:
        return mask_digits(words)


FACE = SixteenDigitsFace("nik", inputmode="numeric", width="20", extra=UNSPELT)
