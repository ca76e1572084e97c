"""A statement the applicant agrees to, kept with its words. Not agreeing is no answer, never "no"."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from runtime.forms.face import Attributes, Circumstances, FieldFace, Refused, Typed
from schemas.definition import Field, Json
from schemas.fieldtypes import wording


@dataclass(frozen=True)
class ConsentFace(FieldFace):
    """One tick box whose label is the statement itself."""

    def frame(self, as_select: bool) -> str:
        return "own"

    def attributes(self, question: Field) -> Attributes:
        return {"type": "checkbox", "value": "yes"}

    def clean(self, question: Field, typed: Typed, around: Circumstances) -> Json:
        if typed[""] != "yes":
            raise Refused("option.unknown")
        return {"accepted": True, "text": wording.of(question)}

    def show(self, question: Field, answer: Json, around: Circumstances) -> Typed:
        """Return a tick only for an agreement to the words as they are now."""
        return {"": "yes" if answer == {"accepted": True, "text": wording.of(question)} else ""}

    def say(self, question: Field, answer: Json, around: Circumstances) -> str:
        return gettext("Agreed")

    def cells(self, question: Field, answer: Json, around: Circumstances | None = None) -> dict[str, str]:
        return {"": "yes" if answer else "", "text": answer["text"] if answer else ""}


FACE = ConsentFace("consent", control="govuk-checkboxes__input")
