"""What identity numbers share: a fixed count of digits, which are never all the same."""

from __future__ import annotations

from typing import ClassVar

from schemas.definition import Field, Json
from schemas.fieldtypes.base import FieldType


class DigitsType(FieldType):
    """`refuses_same` is False where a number of one repeated digit is really given out."""

    digits: ClassVar[int]
    refuses_same: ClassVar[bool] = True

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return {"type": "string", "pattern": f"^[0-9]{{{self.digits}}}$", "maxLength": self.digits}

    def judges(self, field: Field) -> bool:
        return self.refuses_same

    def verdict(self, field: Field, value: Json) -> str | None:
        return "digits.same" if self.refuses_same and len(set(value)) == 1 else None
