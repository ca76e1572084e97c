"""A statement the applicant agrees to. Not agreeing is no answer, never a stored "no"."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from runtime.forms.face import Attributes, Circumstances, FieldFace, Refused, Typed
from schemas.definition import Field, Json


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
        return True

    def show(self, question: Field, answer: Json, around: Circumstances) -> Typed:
        return {"": "yes" if answer is True else ""}

    def say(self, question: Field, answer: Json, around: Circumstances) -> str:
        return gettext("Agreed") if answer is True else gettext("Not agreed")


FACE = ConsentFace("consent", control="govuk-checkboxes__input")
