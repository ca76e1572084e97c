"""An e-mail address."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from runtime.forms.face import UNSPELT, Circumstances, FieldFace, Refused, Typed
from schemas.definition import Field, Json


@dataclass(frozen=True)
class EmailFace(FieldFace):
    """Asks for an address and keeps it as typed, without spaces around."""

    def clean(self, question: Field, typed: Typed, around: Circumstances) -> Json:
        text = str(typed[""]).strip()
        try:
            validate_email(text)
        except ValidationError:
            raise Refused("email.format") from None
        if len(text) > 254 or not text.isascii():
            raise Refused("email.format")
        return text


FACE = EmailFace("email", inputmode="email", input_type="email", autocomplete="email", extra=UNSPELT)
