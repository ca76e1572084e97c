"""NISN, the national number of a pupil, 10 digits."""

from __future__ import annotations

from schemas.fieldtypes.digits import DigitsType


class PupilNumberType(DigitsType):
    name = "nisn"
    personal = True
    digits = 10


TYPE = PupilNumberType()
