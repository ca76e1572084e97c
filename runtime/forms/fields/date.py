"""A calendar day, asked as three small inputs."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import formats
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from runtime.forms import clock
from runtime.forms.face import Attributes, Circumstances, FieldFace, Typed
from schemas.definition import Field, Json


@dataclass(frozen=True)
class DateFace(FieldFace):
    """Reads day, month (a number or its name) and a year of four digits."""

    def clean(self, question: Field, typed: Typed, around: Circumstances) -> Json:
        return clock.read_day(typed)

    def part_attributes(self, question: Field, part: str, *, wrong: bool) -> Attributes:
        kind = part.rpartition("_")[2]
        width = 4 if kind == "year" else 2
        classes = f"govuk-input govuk-date-input__input govuk-input--width-{width}"
        return {
            "class": f"{classes} govuk-input--error" if wrong else classes,
            "type": "text",
            "inputmode": "numeric",
            "autocomplete": f"bday-{part}" if question.autocomplete == "bday" else None,
        }

    def part_label(self, part: str) -> str:
        kind = part.rpartition("_")[2]
        return {"day": gettext("Day"), "month": gettext("Month"), "year": gettext("Year")}[kind]

    def show(self, question: Field, answer: Json, around: Circumstances) -> Typed:
        return dict(clock.show_day(str(answer or "")))

    def say(self, question: Field, answer: Json, around: Circumstances) -> str:
        return say_day(str(answer))


def say_day(answer: str) -> str:
    """Return a day in words: 7 September 2026."""
    return formats.date_format(datetime.date.fromisoformat(answer), "j F Y")


FACE = DateFace(
    "date", parts=clock.DAY, grouped=True, inputmode="numeric", example=_("For example 17 8 1990.")
)
