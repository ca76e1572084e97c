"""Rows of questions. Each question in them has its own face; the repeat itself is drawn as a block."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import ngettext

from runtime.forms.face import Circumstances, FieldFace
from schemas.definition import Field, Json


@dataclass(frozen=True)
class RepeatFace(FieldFace):
    """Has no input of its own."""

    def say(self, question: Field, answer: Json, around: Circumstances) -> str:
        """Return how many rows there are; what is in them is said row by row."""
        return ngettext("%(count)s entry", "%(count)s entries", len(answer)) % {"count": len(answer)}

    def cells(self, question: Field, answer: Json, around: Circumstances | None = None) -> dict[str, str]:
        return {"": "" if answer is None else str(len(answer))}


FACE = RepeatFace("repeat", has_answer=False, parts=(), has_buttons=True)
