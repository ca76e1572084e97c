"""The 16 digits of a family card (nomor Kartu Keluarga)."""

from __future__ import annotations

from runtime.forms.face import UNSPELT
from runtime.forms.fields.nik import SixteenDigitsFace

FACE = SixteenDigitsFace("no_kk", inputmode="numeric", width="20", extra=UNSPELT)
