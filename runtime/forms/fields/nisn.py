"""The 10 digits of a pupil's number (NISN)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from runtime.forms.digits import DigitsFace
from runtime.forms.face import UNSPELT

FACE = DigitsFace(
    "nisn", digits=10, example=_("10 digits, from the school."),
    inputmode="numeric", width="10", extra=UNSPELT,
)  # fmt: skip
