"""An Indonesian postal code, 5 digits."""

from __future__ import annotations

from schemas.fieldtypes.digits import DigitsType


class PostcodeType(DigitsType):
    name = "postcode"
    digits = 5
    refuses_same = False


TYPE = PostcodeType()
