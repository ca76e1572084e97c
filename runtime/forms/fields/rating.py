"""A mark from 1 to 5, with words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext, gettext_lazy

from runtime.forms.face import Choice, Circumstances, FieldFace, Refused, Typed
from schemas.definition import Field, Json

WORDS = {
    1: gettext_lazy("Very poor"),
    2: gettext_lazy("Poor"),
    3: gettext_lazy("Fair"),
    4: gettext_lazy("Good"),
    5: gettext_lazy("Very good"),
}


@dataclass(frozen=True)
class RatingFace(FieldFace):
    """Radio buttons from the lowest mark to the highest, as on paper."""

    def clean(self, question: Field, typed: Typed, around: Circumstances) -> Json:
        value = str(typed[""])
        if value not in {choice.value for choice in self.choices(question, around)}:
            raise Refused("option.unknown")
        return int(value)

    def say(self, question: Field, answer: Json, around: Circumstances) -> str:
        most = int(question.settings.get("max", 5))
        words = str(WORDS[answer]) if most == 5 and answer in WORDS else ""
        score = gettext("%(mark)s of %(most)s") % {"mark": answer, "most": most}
        return f"{score} · {words}" if words else score

    def choices(self, question: Field, around: Circumstances) -> tuple[Choice, ...]:
        most = int(question.settings.get("max", 5))
        return tuple(
            Choice(str(mark), f"{mark} · {WORDS[mark]}" if most == 5 else str(mark))
            for mark in range(1, most + 1)
        )


FACE = RatingFace("rating", grouped=True)
