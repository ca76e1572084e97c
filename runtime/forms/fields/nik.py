"""The 16 digits of a citizen's identity number (NIK)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from runtime.forms.digits import DigitsFace
from runtime.forms.face import UNSPELT

FACE = DigitsFace(
    "nik", sentences="nik", example=_("16 digits, as on the identity card."),
    inputmode="numeric", width="20", extra=UNSPELT,
)  # fmt: skip
