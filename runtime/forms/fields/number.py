"""A number that may have decimals, kept as an exact decimal text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from runtime.forms.face import UNSPELT, Circumstances, FieldFace, Refused, Typed
from schemas import numerals
from schemas.definition import Field, Json
from schemas.fieldtypes.base import plain
from schemas.fieldtypes.number import USUAL_PLACES


@dataclass(frozen=True)
class NumberFace(FieldFace):
    """Reads 2,5 and 1.000,75."""

    def clean(self, question: Field, typed: Typed, around: Circumstances) -> Json:
        value = numerals.read(str(typed[""]))
        if value is None:
            raise Refused("number.format")
        places = int(question.settings.get("places", USUAL_PLACES))
        fraction = -int(value.normalize().as_tuple().exponent)
        if fraction > places:
            raise Refused("number.places", limit=places)
        if abs(value) >= 10**13:
            raise Refused("number.large", limit=numerals.grouped(10**13 - 1))
        least, most = question.settings.get("minimum"), question.settings.get("maximum")
        if least is not None and value < Decimal(str(least)):
            raise Refused("number.small", limit=numerals.decimal_words(str(least), around.language))
        if most is not None and value > Decimal(str(most)):
            raise Refused("number.large", limit=numerals.decimal_words(str(most), around.language))
        return plain(value)

    def show(self, question: Field, answer: Json, around: Circumstances) -> Typed:
        return {"": "" if answer is None else str(answer).replace(".", ",")}

    def say(self, question: Field, answer: Json, around: Circumstances) -> str:
        return numerals.decimal_words(str(answer), around.language)


FACE = NumberFace("number", inputmode="decimal", width="10", extra=UNSPELT)
