"""Words in a coloured frame between questions; nothing is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from runtime.forms.face import FieldFace
from schemas.definition import Field


@dataclass(frozen=True)
class NoticeFace(FieldFace):
    """Says its tone in a word as well, for those who do not see the colour."""

    def facts(self, question: Field) -> dict[str, Any]:
        looks = {
            "info": ("", "information", gettext("Information:")),
            "warning": ("card--turn", "warning", gettext("Important:")),
            "success": ("card--done", "done", gettext("Good to know:")),
        }
        card, icon, word = looks[question.settings.get("tone", "info")]
        return {"card": card, "icon": icon, "word": word}


FACE = NoticeFace("notice", has_answer=False)
