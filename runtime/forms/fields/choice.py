"""One of a list of answers, as radio buttons or, when the list is long, as a drop-down list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from runtime.forms.face import Attributes, Choice, Circumstances, FieldFace, Refused, Typed
from schemas.definition import Field, Json

LONG_LIST = 8


@dataclass(frozen=True)
class ChoiceFace(FieldFace):
    """Accepts only what is on the list."""

    def clean(self, question: Field, typed: Typed, around: Circumstances) -> Json:
        value = str(typed[""])
        if value not in {choice.value for choice in self.choices(question, around)}:
            raise Refused("option.unknown")
        return value

    def say(self, question: Field, answer: Json, around: Circumstances) -> str:
        found = (choice.label for choice in self.choices(question, around) if choice.value == answer)
        return next(found, str(answer))

    def facts(self, question: Field) -> dict[str, Any]:
        return {"tiles": question.settings.get("style") == "tiles"}

    def attributes(self, question: Field) -> Attributes:
        return {"autocomplete": question.autocomplete or None}

    def choices(self, question: Field, around: Circumstances) -> tuple[Choice, ...]:
        language = around.language
        return tuple(
            Choice(option.value, option.label.say(language), option.help.say(language))
            for option in question.options
        )


FACE = ChoiceFace("choice", grouped=True, control="govuk-select")
