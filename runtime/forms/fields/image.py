"""A picture between questions, with words for those who do not see it; nothing is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from runtime.forms.face import FieldFace
from schemas.definition import Field
from schemas.fieldtypes.base import said
from schemas.fieldtypes.image import size


@dataclass(frozen=True)
class ImageFace(FieldFace):
    """Knows the size of the picture beforehand, so that the page does not jump while it appears."""

    def facts(self, question: Field) -> dict[str, Any]:
        image = question.settings["image"]
        width, height = size(image["data"])
        alt = said(image["alt"], get_language())
        return {"data": image["data"], "alt": alt, "width": width, "height": height}


FACE = ImageFace("image", has_answer=False)
