"""The 5 digits of a postal code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from runtime.forms.digits import DigitsFace
from runtime.forms.face import UNSPELT

FACE = DigitsFace(
    "postcode", digits=5, example=_("5 digits, for example 15810."),
    inputmode="numeric", width="5", autocomplete="postal-code", extra=UNSPELT,
)  # fmt: skip
