"""The face of every number that is a fixed count of digits: spaces, points and hyphens are forgiven."""

from __future__ import annotations

import re
from dataclasses import dataclass

from runtime.forms.face import Circumstances, FieldFace, Refused, Typed, mask_digits
from schemas.definition import Field, Json


@dataclass(frozen=True)
class DigitsFace(FieldFace):
    """`sentences` is the family of its refusals, `groups` how the digits are set apart when they are said."""

    digits: int = 16
    sentences: str = "digits"
    groups: tuple[int, ...] = ()

    def clean(self, question: Field, typed: Typed, around: Circumstances) -> Json:
        digits = self.complete(bare(str(typed[""])))
        if not (digits.isascii() and digits.isdigit()):
            raise Refused(f"{self.sentences}.digits")
        if len(digits) != self.digits:
            raise Refused(f"{self.sentences}.length", length=len(digits), limit=self.digits)
        return digits

    def complete(self, digits: str) -> str:
        """Return digits typed in an older or shorter form as they are written today."""
        return digits

    def say(self, question: Field, answer: Json, around: Circumstances) -> str:
        left, parts = str(answer), []
        for length in self.groups:
            parts.append(left[:length])
            left = left[length:]
        return " ".join(part for part in (*parts, left) if part)

    def mask(self, words: str) -> str:
        return mask_digits(words)


def bare(text: str) -> str:
    """Return what was typed without spaces, points and hyphens."""
    return re.sub(r"[\s.\-\u00a0]", "", text)
