"""The 18 digits of a civil servant's number (NIP)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from runtime.forms.digits import DigitsFace
from runtime.forms.face import UNSPELT

FACE = DigitsFace(
    "nip", digits=18, example=_("18 digits, for example 19880705 201001 1 003."),
    inputmode="numeric", width="20", groups=(8, 6, 1), extra=UNSPELT,
)  # fmt: skip
