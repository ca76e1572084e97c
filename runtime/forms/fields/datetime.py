"""A day and a time of day, read from the clocks of the region."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from runtime.forms import clock
from runtime.forms.face import Attributes, Circumstances, Refused, Typed
from runtime.forms.fields.date import DateFace, say_day
from schemas.definition import Field, Json

ZONES = {"+07:00": "WIB", "+08:00": "WITA", "+09:00": "WIT"}


@dataclass(frozen=True)
class DateTimeFace(DateFace):
    """The three inputs of a day and one for the time."""

    def clean(self, question: Field, typed: Typed, around: Circumstances) -> Json:
        day = clock.read_day(typed)
        if not str(typed.get("time", "")).strip():
            raise Refused("datetime.time")
        moment = datetime.datetime.fromisoformat(f"{day}T{clock.read_time(str(typed['time']))}")
        return moment.replace(tzinfo=around.zone).isoformat(timespec="minutes")

    def part_attributes(self, question: Field, part: str, *, wrong: bool) -> Attributes:
        if part != "time":
            return super().part_attributes(question, part, wrong=wrong)
        classes = "govuk-input govuk-input--width-5"
        return {
            "class": f"{classes} govuk-input--error" if wrong else classes,
            "type": "text",
            "inputmode": "decimal",
        }

    def part_label(self, part: str) -> str:
        return gettext("Time") if part == "time" else super().part_label(part)

    def show(self, question: Field, answer: Json, around: Circumstances) -> Typed:
        day, _t, time = str(answer or "").partition("T")
        return {**clock.show_day(day), "time": clock.say_time(time[:5], around.language)}

    def say(self, question: Field, answer: Json, around: Circumstances) -> str:
        return gettext("%(day)s, %(time)s") % self._words(answer, around)

    def letter(self, question: Field, answer: Json, around: Circumstances) -> str:
        return gettext("%(day)s at %(time)s") % self._words(answer, around)

    def _words(self, answer: Json, around: Circumstances) -> dict[str, str]:
        day, time, offset = str(answer)[:10], str(answer)[11:16], str(answer)[16:]
        zone = ZONES.get(offset, f"UTC{offset}")
        return {"day": say_day(day), "time": f"{clock.say_time(time, around.language)} {zone}"}


FACE = DateTimeFace(
    "datetime", parts=(*clock.DAY, "time"), grouped=True, example=_("For example 7 9 2026 and 14.05.")
)
