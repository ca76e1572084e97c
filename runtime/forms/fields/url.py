"""A web address."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from runtime.forms.face import UNSPELT, Circumstances, FieldFace, Refused, Typed
from schemas.definition import Field, Json
from schemas.fieldtypes.url import LONGEST, PATTERN, normalise


@dataclass(frozen=True)
class UrlFace(FieldFace):
    """Reads www.contoh.go.id as https://www.contoh.go.id; only http and https lead anywhere."""

    def clean(self, question: Field, typed: Typed, around: Circumstances) -> Json:
        text = str(typed[""]).strip()
        if len(text) > LONGEST:
            raise Refused("text.long", limit=LONGEST, length=len(text))
        address = normalise(text)
        if len(address) > LONGEST or not re.fullmatch(PATTERN, address):
            raise Refused("url.format")
        return address


# type="text": browsers would refuse an address without https:// before it reaches us.
FACE = UrlFace(
    "url", example=_("For example www.contoh.go.id."), inputmode="url", autocomplete="url",
    extra={**UNSPELT, "autocapitalize": "none"},
)  # fmt: skip
