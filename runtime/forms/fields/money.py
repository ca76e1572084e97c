"""An amount in whole rupiah."""

from __future__ import annotations

from dataclasses import dataclass

from runtime.forms.face import UNSPELT, Circumstances, FieldFace, Refused, Typed
from runtime.forms.fields.integer import within
from schemas import numerals
from schemas.definition import Field, Json
from schemas.fieldtypes.money import LARGEST


@dataclass(frozen=True)
class MoneyFace(FieldFace):
    """Reads Rp1.000.000, 1.000.000,- and 1000000."""

    def clean(self, question: Field, typed: Typed, around: Circumstances) -> Json:
        value = numerals.read_rupiah(str(typed[""]))
        if value is None:
            raise Refused("money.format")
        if value < 0:
            raise Refused("number.small", limit="0")
        return within(question, value, most_of_all=LARGEST)

    def show(self, question: Field, answer: Json, around: Circumstances) -> Typed:
        return {"": "" if answer is None else numerals.grouped(answer)}

    def say(self, question: Field, answer: Json, around: Circumstances) -> str:
        return f"Rp{numerals.grouped(answer)}"


FACE = MoneyFace("money", inputmode="numeric", width="10", extra=UNSPELT)
