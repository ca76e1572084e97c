"""The registration plate of a vehicle."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from runtime.forms.face import UNSPELT, Circumstances, FieldFace, Refused, Typed
from schemas.definition import Field, Json
from schemas.fieldtypes.plate import PATTERN, normalise


@dataclass(frozen=True)
class PlateFace(FieldFace):
    """Reads b1234xyz and B-1234-XYZ alike."""

    def clean(self, question: Field, typed: Typed, around: Circumstances) -> Json:
        plate = normalise(str(typed[""]))
        if not re.fullmatch(PATTERN, plate):
            raise Refused("plate.format")
        return plate


FACE = PlateFace(
    "plate",
    example=_("For example B 1234 XYZ."),
    width="10",
    extra={**UNSPELT, "autocapitalize": "characters"},
)
