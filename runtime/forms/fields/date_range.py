"""Two calendar days, each asked as three small inputs."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from runtime.forms import clock
from runtime.forms.face import Circumstances, Refused, Typed
from runtime.forms.fields.date import DateFace, say_day
from schemas.definition import Field, Json

ENDS = {"from": _("First day"), "to": _("Last day")}


@dataclass(frozen=True)
class DateRangeFace(DateFace):
    """Names the day that is wrong; the last may be the first, but not before it."""

    def clean(self, question: Field, typed: Typed, around: Circumstances) -> Json:
        label = question.label.say(around.language)
        found = {
            end: clock.read_day(typed, prefix=f"{end}_", label=f"{label}: {words}")
            for end, words in ENDS.items()
        }
        if found["to"] < found["from"]:
            raise Refused("date_range.order")
        return found

    def show(self, question: Field, answer: Json, around: Circumstances) -> Typed:
        days = answer if isinstance(answer, dict) else {}
        shown: Typed = {}
        for end in ENDS:
            shown |= clock.show_day(str(days.get(end, "")), prefix=f"{end}_")
        return shown

    def say(self, question: Field, answer: Json, around: Circumstances) -> str:
        return gettext("%(first)s – %(last)s") % _words(answer)

    def letter(self, question: Field, answer: Json, around: Circumstances) -> str:
        return gettext("%(first)s until %(last)s") % _words(answer)

    def cells(self, question: Field, answer: Json, around: Circumstances | None = None) -> dict[str, str]:
        days = answer if isinstance(answer, dict) else {}
        return {end: str(days.get(end, "")) for end in ENDS}


def _words(answer: Json) -> dict[str, str]:
    return {"first": say_day(answer["from"]), "last": say_day(answer["to"])}


FACE = DateRangeFace(
    "date_range",
    parts=tuple(f"{end}_{part}" for end in ENDS for part in clock.DAY),
    grouped=True,
    example=_("For example 7 9 2026."),
)
