"""NIB, the number of a business (Nomor Induk Berusaha), 13 digits."""

from __future__ import annotations

from schemas.fieldtypes.digits import DigitsType


class BusinessNumberType(DigitsType):
    name = "nib"
    digits = 13


TYPE = BusinessNumberType()
