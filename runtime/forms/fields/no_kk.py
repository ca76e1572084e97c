"""The 16 digits of a family card (nomor Kartu Keluarga)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from runtime.forms.digits import DigitsFace
from runtime.forms.face import UNSPELT

FACE = DigitsFace(
    "no_kk", sentences="no_kk", example=_("16 digits, at the top of the family card."),
    inputmode="numeric", width="20", extra=UNSPELT,
)  # fmt: skip
