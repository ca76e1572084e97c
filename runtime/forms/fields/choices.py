"""Any number of answers from a list, as tick boxes."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from runtime.forms.face import Circumstances, Refused, Typed
from runtime.forms.fields.choice import ChoiceFace
from schemas.definition import Field, Json


@dataclass(frozen=True)
class ChoicesFace(ChoiceFace):
    """Keeps the chosen values in the order of the list, each once."""

    def clean(self, question: Field, typed: Typed, around: Circumstances) -> Json:
        posted = [str(value) for value in typed.get("") or () if value]
        if not posted:
            raise Refused("list.pick")
        chosen = self.on_list(question, posted, around)
        if set(posted) - set(chosen):
            raise Refused("option.unknown")
        least, most = question.settings.get("minItems"), question.settings.get("maxItems")
        if least is not None and len(chosen) < least:
            raise Refused("choices.few", limit=least)
        if most is not None and len(chosen) > most:
            raise Refused("choices.many", limit=most)
        return list(chosen)

    def show(self, question: Field, answer: Json, around: Circumstances) -> Typed:
        return {"": list(answer or [])}

    def say(self, question: Field, answer: Json, around: Circumstances) -> str:
        return ", ".join(self._labels(question, answer, around))

    def letter(self, question: Field, answer: Json, around: Circumstances) -> str:
        """Return the answers as a sentence lists them: A, B and C."""
        *first, last = self._labels(question, answer, around)
        if not first:
            return last
        return gettext("%(names)s and %(last)s") % {"names": ", ".join(first), "last": last}

    def _labels(self, question: Field, answer: Json, around: Circumstances) -> list[str]:
        return [super(ChoicesFace, self).say(question, value, around) for value in answer]


FACE = ChoicesFace("choices", several=True, grouped=True)
