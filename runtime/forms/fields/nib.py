"""The 13 digits of a business number (NIB)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from runtime.forms.digits import DigitsFace
from runtime.forms.face import UNSPELT

FACE = DigitsFace(
    "nib", digits=13, example=_("13 digits, from OSS."),
    inputmode="numeric", width="20", extra=UNSPELT,
)  # fmt: skip
