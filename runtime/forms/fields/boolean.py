"""Yes or no, asked as two options so that "not answered" stays different from "no"."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from runtime.forms.face import Choice, Circumstances, FieldFace, Refused, Typed
from schemas.definition import Field, Json


@dataclass(frozen=True)
class BooleanFace(FieldFace):
    """Reads the two posted words `yes` and `no`, nothing else."""

    def clean(self, question: Field, typed: Typed, around: Circumstances) -> Json:
        if typed[""] not in {"yes", "no"}:
            raise Refused("option.unknown")
        return typed[""] == "yes"

    def show(self, question: Field, answer: Json, around: Circumstances) -> Typed:
        return {"": "" if answer is None else ("yes" if answer else "no")}

    def say(self, question: Field, answer: Json, around: Circumstances) -> str:
        return gettext("Yes") if answer else gettext("No")

    def cells(self, question: Field, answer: Json, around: Circumstances | None = None) -> dict[str, str]:
        return {"": "" if answer is None else ("yes" if answer else "no")}

    def choices(self, question: Field, around: Circumstances) -> tuple[Choice, ...]:
        return (Choice("yes", gettext("Yes")), Choice("no", gettext("No")))


FACE = BooleanFace("boolean", grouped=True)
