"""An area of Indonesia, chosen list by list down to the level that is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from runtime.forms import cascade
from runtime.forms.cascade import Cascade
from runtime.forms.face import Circumstances, FieldFace, Typed
from schemas.areacodes import LEVELS
from schemas.definition import Field, Json


@dataclass(frozen=True)
class RegionFace(FieldFace):
    """Begins in the region of the site; what was chosen above must hold what is chosen below."""

    def clean(self, question: Field, typed: Typed, around: Circumstances) -> Json:
        if cascade.untouched(question, typed, around):
            return None
        return cascade.code_of(question, typed)

    def live(self, question: Field, typed: Typed, around: Circumstances, name: str, wrong: bool) -> Any:
        return Cascade(question, typed, name, self.lead(question, typed) if wrong else "")

    def lead(self, question: Field, typed: Typed) -> str:
        return cascade.read(question, typed).next or ""

    def show(self, question: Field, answer: Json, around: Circumstances) -> Typed:
        return cascade.shown(question, str(answer or ""), around)

    def say(self, question: Field, answer: Json, around: Circumstances) -> str:
        return cascade.said(str(answer))

    def cells(self, question: Field, answer: Json, around: Circumstances | None = None) -> dict[str, str]:
        return {"": str(answer or ""), "name": cascade.said(str(answer)) if answer else ""}


FACE = RegionFace("region", parts=LEVELS, grouped=True, regional=True, has_buttons=True)
