"""A whole number."""

from __future__ import annotations

from dataclasses import dataclass

from runtime.forms.face import UNSPELT, Circumstances, FieldFace, Refused, Typed
from schemas import numerals
from schemas.definition import Field, Json
from schemas.fieldtypes.integer import LARGEST


@dataclass(frozen=True)
class IntegerFace(FieldFace):
    """Reads 1.000.000 and 1000000."""

    def clean(self, question: Field, typed: Typed, around: Circumstances) -> Json:
        value = numerals.read_whole(str(typed[""]))
        if value is None:
            raise Refused("integer.format")
        return within(question, value)

    def show(self, question: Field, answer: Json, around: Circumstances) -> Typed:
        return {"": "" if answer is None else str(answer)}

    def say(self, question: Field, answer: Json, around: Circumstances) -> str:
        return f"{answer:,}" if around.language == "en" else numerals.grouped(answer)


def within(question: Field, value: int, *, most_of_all: int = LARGEST) -> int:
    """Return `value`, or refuse what is below, above or too large to be kept exactly."""
    least, most = question.settings.get("minimum"), question.settings.get("maximum")
    if least is not None and value < least:
        raise Refused("number.small", limit=numerals.grouped(int(least)))
    if (most is not None and value > most) or abs(value) > most_of_all:
        raise Refused("number.large", limit=numerals.grouped(int(most if most is not None else most_of_all)))
    return value


FACE = IntegerFace("integer", inputmode="numeric", width="10", extra=UNSPELT)
