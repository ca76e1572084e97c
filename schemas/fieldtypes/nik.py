"""NIK, the Indonesian population number: `PPKKCC DDMMYY SSSS`, day + 40 for women.

Source: UU 23/2006 art. 13 (the number is for life). The birth date and the place in it are those of
the first registration, so a mismatch with today's data never refuses anybody; an impossible date does.
"""

from __future__ import annotations

from datetime import date

from schemas.definition import Field, Json
from schemas.fieldtypes.base import FieldType

# First two digits that were ever given out: provinces of Kemendagri, old and new codes.
_RANGES = ((11, 19), (21, 21), (31, 36), (51, 54), (61, 65), (71, 76), (81, 82), (91, 96))
PROVINCES = frozenset(str(code) for first, last in _RANGES for code in range(first, last + 1))


def is_place(number: str) -> bool:
    """Tell whether the first six digits may be a district: codes of old editions are never all known."""
    return number[:2] in PROVINCES and "00" not in (number[2:4], number[4:6])


def birth(number: str) -> tuple[date, bool] | None:
    """Return (a birth date the number may mean, is a woman), or None when no date fits.

    The century is not in the number; 2000–2099 is returned, which has every leap day of 1900–1999.
    """
    day, month, year = int(number[6:8]), int(number[8:10]), int(number[10:12])
    woman = day > 40
    try:
        return date(2000 + year, month, day - 40 if woman else day), woman
    except ValueError:
        return None


class NikType(FieldType):
    name = "nik"
    personal = True

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return {"type": "string", "pattern": "^[0-9]{16}$", "maxLength": 16}

    def verdict(self, field: Field, value: Json) -> str | None:
        if len(set(value)) == 1:
            return "nik.same"
        if birth(value) is None:
            return "nik.date"
        return "nik.serial" if value.endswith("0000") else None

    def hint(self, field: Field, value: Json) -> str | None:
        return None if is_place(value) else "nik.region"


TYPE = NikType()
