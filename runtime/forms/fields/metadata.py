"""What the server notes by itself has no place on a page; officers see it with the answers."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import formats
from django.utils.translation import gettext_lazy as _

from runtime.forms.face import Circumstances, FieldFace
from schemas.definition import Field, Json

CHANNELS = {
    "web": _("on the website"),
    "api": _("by another program"),
    "desk": _("at the counter"),
    "case": _("from another application"),
}
LANGUAGES = {"id": _("Indonesian"), "en": _("English")}


@dataclass(frozen=True)
class MetadataFace(FieldFace):
    """Only says what was noted."""

    def say(self, question: Field, answer: Json, around: Circumstances) -> str:
        source, noted = question.settings["source"], str(answer)
        if source == "filed_on":
            return formats.date_format(datetime.date.fromisoformat(noted), "j F Y")
        words = {"channel": CHANNELS, "language": LANGUAGES}.get(source, {})
        return str(words.get(noted, noted))


FACE = MetadataFace("metadata", has_answer=False, parts=())
