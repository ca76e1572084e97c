"""A text of several lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from runtime.forms.face import Attributes, FieldFace, longest_text
from schemas.definition import Field


@dataclass(frozen=True)
class LongTextFace(FieldFace):
    """Says how many characters fit; the script counts them down."""

    def facts(self, question: Field) -> dict[str, Any]:
        longest = longest_text(question)
        return {"longest": longest, "words": gettext("At most %(limit)s characters.") % {"limit": longest}}

    def attributes(self, question: Field) -> Attributes:
        return {"rows": 5}


FACE = LongTextFace("longtext", control="govuk-textarea govuk-js-character-count")
