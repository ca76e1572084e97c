"""A time of day, in one input: 14.05, 14:05 and 1405 are the same."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from runtime.forms import clock
from runtime.forms.face import UNSPELT, Circumstances, FieldFace, Typed
from schemas.definition import Field, Json


@dataclass(frozen=True)
class TimeFace(FieldFace):
    """Shows the time with the mark of the language, reads it with any."""

    def clean(self, question: Field, typed: Typed, around: Circumstances) -> Json:
        return clock.read_time(str(typed[""]))

    def show(self, question: Field, answer: Json, around: Circumstances) -> Typed:
        return {"": clock.say_time(str(answer or ""), around.language)}

    def say(self, question: Field, answer: Json, around: Circumstances) -> str:
        return clock.say_time(str(answer), around.language)


# inputmode="decimal": a keypad that has a mark between hour and minute.
FACE = TimeFace("time", inputmode="decimal", width="5", example=_("For example 14.05."), extra=UNSPELT)
