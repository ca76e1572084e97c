"""A calendar day, asked as three small inputs."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import formats
from django.utils.translation import gettext

from runtime.forms.face import Attributes, Circumstances, FieldFace, Refused, Typed
from schemas.definition import Field, Json

_NAMES = ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des")
MONTHS = {
    **{name: number for number, name in enumerate(_NAMES, 1)},
    "may": 5, "aug": 8, "ags": 8, "agt": 8, "oct": 10, "nop": 11, "dec": 12, "peb": 2,
}  # fmt: skip


@dataclass(frozen=True)
class DateFace(FieldFace):
    """Reads day, month (a number or its name) and a year of four digits."""

    def clean(self, question: Field, typed: Typed, around: Circumstances) -> Json:
        day, month, year = (str(typed.get(part, "")).strip() for part in self.parts)
        missing = [part for part, text in zip(self.parts, (day, month, year), strict=True) if not text]
        if missing:
            raise Refused("date.part", part=missing[0])
        month_number = MONTHS.get(month.lower()[:3]) if month.isalpha() else _number(month)
        day_number, year_number = _number(day), _number(year)
        if day_number is None or month_number is None or year_number is None:
            raise Refused("date.format")
        if len(year) != 4 or year_number < 1800:
            raise Refused("date.year")
        try:
            return datetime.date(year_number, month_number, day_number).isoformat()
        except ValueError:
            raise Refused("date.unreal") from None

    def part_attributes(self, question: Field, part: str, *, wrong: bool) -> Attributes:
        width = 4 if part == "year" else 2
        classes = f"govuk-input govuk-date-input__input govuk-input--width-{width}"
        return {
            "class": f"{classes} govuk-input--error" if wrong else classes,
            "type": "text",
            "inputmode": "numeric",
            "autocomplete": f"bday-{part}" if question.autocomplete == "bday" else None,
        }

    def part_label(self, part: str) -> str:
        return {"day": gettext("Day"), "month": gettext("Month"), "year": gettext("Year")}[part]

    def show(self, question: Field, answer: Json, around: Circumstances) -> Typed:
        year, month, day = str(answer).split("-") if answer else ("", "", "")
        return {"day": day.lstrip("0"), "month": month.lstrip("0"), "year": year}

    def say(self, question: Field, answer: Json, around: Circumstances) -> str:
        return formats.date_format(datetime.date.fromisoformat(str(answer)), "j F Y")


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


FACE = DateFace("date", parts=("day", "month", "year"), grouped=True, inputmode="numeric")
