"""A text that follows a pattern of the author."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from runtime.forms.face import UNSPELT, Circumstances, FieldFace, Refused, Typed, check_length
from schemas.definition import Field, Json
from schemas.fieldtypes.base import said
from schemas.ownpatterns import fits


@dataclass(frozen=True)
class PatternFace(FieldFace):
    """Takes the text as typed, else with single spaces, else in capitals: whichever fits the pattern."""

    def hint(self, question: Field, language: str) -> str:
        """Return the author's help and the example."""
        example = said(question.settings.get("example"), language)
        words = gettext("For example %(example)s.") % {"example": example} if example else ""
        return f"{question.help.say(language)} {words}".strip()

    def clean(self, question: Field, typed: Typed, around: Circumstances) -> Json:
        text = str(typed[""]).strip()
        check_length(question, text)
        single = " ".join(text.split())
        for written in (text, single, text.upper(), single.upper()):
            if fits(question.settings["pattern"], written):
                return written
        example = said(question.settings.get("example"), around.language)
        raise Refused("pattern.format" if example else "pattern.unlike", example=example)


FACE = PatternFace("pattern", extra=UNSPELT)
