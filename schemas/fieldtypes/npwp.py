"""NPWP, the taxpayer number, in the 16 digits of PMK 112/2022: the NIK of a resident, or 0 and the old 15.

Only what is sure is refused; numbers of companies and of foreigners follow rules of their own.
"""

from __future__ import annotations

from schemas.definition import Field, Json
from schemas.fieldtypes.digits import DigitsType
from schemas.fieldtypes.nik import birth


class TaxNumberType(DigitsType):
    name = "npwp"
    personal = True
    digits = 16

    def hint(self, field: Field, value: Json) -> str | None:
        if value.startswith("0"):
            return None if _luhn(value[1:10]) else "npwp.check"
        return None if birth(value) is not None else "npwp.form"


def _luhn(number: str) -> bool:
    """Tell whether the last digit checks the others (ISO/IEC 7812-1), as it does in the old numbers."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


TYPE = TaxNumberType()
