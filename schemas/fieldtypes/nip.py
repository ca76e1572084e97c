"""NIP, the number of a civil servant: birth `YYYYMMDD`, appointment `YYYYMM`, sex 1 or 2, serial of 3.

Source: Perka BKN 22/2007. Contract staff have other digits in the place of the month, so the parts are
never a reason to refuse anybody.
"""

from __future__ import annotations

from datetime import date

from schemas.definition import Field, Json
from schemas.fieldtypes.digits import DigitsType


class CivilServantType(DigitsType):
    name = "nip"
    personal = True
    digits = 18

    def hint(self, field: Field, value: Json) -> str | None:
        try:
            date(int(value[:4]), int(value[4:6]), int(value[6:8]))
        except ValueError:
            return "nip.form"
        return None if value[14] in "12" else "nip.form"


TYPE = CivilServantType()
