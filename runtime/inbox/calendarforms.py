"""The forms of the working calendar: one day, the opening hours of a week, a period with others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runtime.regions import national
from runtime.regions.calendars import NewDay, NewPeriod
from runtime.regions.models import CalendarDay, WorkingHours
from runtime.regions.worktime import Hours, Week, week_from_json

FIRST, LAST = date(national.FIRST_YEAR, 1, 1), date(national.LAST_YEAR, 12, 31)
_FORMATS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]


class YearForm(forms.Form):
    """Which year."""

    year = forms.IntegerField(min_value=national.FIRST_YEAR, max_value=national.LAST_YEAR, required=False)


def day_field(label: Any, required: Any) -> forms.DateField:
    """Return the question for a date within the years calendars know."""
    widget = forms.DateInput(
        format="%Y-%m-%d",
        attrs={"type": "date", "class": "govuk-input", "min": FIRST.isoformat(), "max": LAST.isoformat()},
    )
    wrong = gettext_lazy("Write the date as day, month and year, for example 17-08-2027.")
    return forms.DateField(
        label=label,
        widget=widget,
        input_formats=_FORMATS,
        error_messages={"required": required, "invalid": wrong},
    )


def line_field(label: Any, help_text: Any, required: Any = None, *, longest: int) -> forms.CharField:
    """Return the question for one line of words; `required` is the sentence for an empty one."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=longest,
        required=required is not None,
        widget=forms.TextInput(attrs={"class": "govuk-input", "autocomplete": "off"}),
        error_messages={"required": required or ""},
    )


def source_field() -> forms.CharField:
    """Return the question for the decree behind a change."""
    helped = gettext_lazy("For example: SKB 3 Menteri 2027, or Peraturan Wali Kota 12/2026.")
    return line_field(gettext_lazy("Decided by"), helped, longest=200)


class DayForm(forms.Form):
    """A day off, or one more working day."""

    day = day_field(gettext_lazy("Date"), gettext_lazy("Choose the date."))
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of day"),
        choices=CalendarDay.Kind.choices,
        widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages={"required": gettext_lazy("Choose the kind of day.")},
        initial=CalendarDay.Kind.LOCAL,
    )
    name = line_field(
        gettext_lazy("Name of the day"),
        gettext_lazy("For example: Hari Jadi Kota Tangerang."),
        gettext_lazy("Write what the day is called."),
        longest=120,
    )
    source = source_field()

    def new(self) -> NewDay:
        """Return what was filled in."""
        return NewDay(**{key: self.cleaned_data[key] for key in ("day", "kind", "name", "source")})

    @staticmethod
    def of(row: CalendarDay) -> dict[str, Any]:
        """Return an entry as the form shows it."""
        return {"day": row.day, "kind": row.kind, "name": row.name, "source": row.source}


@dataclass(frozen=True, slots=True)
class Weekday:
    """The questions about one day of the week."""

    label: str
    fields: tuple[forms.BoundField, ...]

    @property
    def errors(self) -> list[str]:
        return [str(error) for field in self.fields for error in field.errors]


_TIMES = {
    "opens": gettext_lazy("Opens"),
    "pause": gettext_lazy("Break from"),
    "resumes": gettext_lazy("Break until"),
    "closes": gettext_lazy("Closes"),
}


class WeekForm(forms.Form):
    """Opening hours per weekday, each with one break at most; an empty day is closed."""

    source = source_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(7):
            for part, label in _TIMES.items():
                self.fields[f"d{n}_{part}"] = forms.TimeField(
                    label=label,
                    required=False,
                    input_formats=["%H:%M", "%H.%M"],
                    widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "govuk-input"}),
                    error_messages={"invalid": gettext_lazy("Write the time of day like 07:30.")},
                )

    def weekdays(self) -> Iterator[Weekday]:
        """Yield the questions day by day."""
        for n in range(7):
            yield Weekday(str(WEEKDAYS[n]), tuple(self[f"d{n}_{part}"] for part in _TIMES))

    def plain(self) -> Iterator[forms.BoundField]:
        """Yield the questions that are not about one weekday."""
        yield from (self[name] for name in self.fields if "_" not in name)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        week = tuple(self._hours(n) for n in range(7))
        if not self.errors and not any(week):
            self.add_error("d0_opens", _("At least one day of the week must be open."))
        return given | {"week": week}

    def _hours(self, n: int) -> Hours:
        opens, pause, resumes, closes = (self.cleaned_data.get(f"d{n}_{part}") for part in _TIMES)
        if not any((opens, pause, resumes, closes)):
            return ()
        if not opens or not closes:
            self._complain(n, "closes" if opens else "opens", _("%(day)s: write when it opens and closes."))
        elif closes <= opens:
            self._complain(n, "closes", _("%(day)s: it must close after it opens."))
        elif bool(pause) != bool(resumes):
            self._complain(n, "resumes" if pause else "pause", _("%(day)s: write both ends of the break."))
        elif pause and resumes and not opens < pause < resumes < closes:
            words = _("%(day)s: the break must lie between opening and closing, its start before its end.")
            self._complain(n, "pause", words)
        else:
            return ((opens, pause), (resumes, closes)) if pause and resumes else ((opens, closes),)
        return ()

    def _complain(self, n: int, part: str, words: str) -> None:
        if f"d{n}_{part}" not in self.errors:
            self.add_error(f"d{n}_{part}", words % {"day": WEEKDAYS[n]})

    @staticmethod
    def of(week: Week) -> dict[str, time]:
        """Return opening hours as the form shows them."""
        shown: dict[str, time] = {}
        for n, hours in enumerate(week):
            if hours:
                shown |= {f"d{n}_opens": hours[0][0], f"d{n}_closes": hours[-1][1]}
            if len(hours) > 1:
                shown |= {f"d{n}_pause": hours[0][1], f"d{n}_resumes": hours[1][0]}
        return shown


class PeriodForm(WeekForm):
    """Other opening hours from one day to another, as in Ramadan."""

    name = line_field(
        gettext_lazy("Name"),
        gettext_lazy("For example: Ramadan 1448 H."),
        gettext_lazy("Write what the period is called, for example Ramadan."),
        longest=120,
    )
    first = day_field(gettext_lazy("First day"), gettext_lazy("Choose the first day."))
    last = day_field(gettext_lazy("Last day"), gettext_lazy("Choose the last day."))
    field_order = ["name", "first", "last", "source"]

    def new(self) -> NewPeriod:
        """Return what was filled in."""
        return NewPeriod(
            **{key: self.cleaned_data[key] for key in ("first", "last", "name", "week", "source")}
        )

    @staticmethod
    def of_row(row: WorkingHours) -> dict[str, Any]:
        """Return a period as the form shows it."""
        said = {"name": row.name, "first": row.first_on, "last": row.last_on, "source": row.source}
        return said | WeekForm.of(week_from_json(row.week))

    @staticmethod
    def of_ramadan(year: int) -> dict[str, Any]:
        """Return a suggestion: Ramadan's hours as the state has them, its days as far as known."""
        days = national.ramadan(year)
        said: dict[str, Any] = {"first": days[0], "last": days[1]} if days else {}
        return {"name": f"Ramadan {year}", "source": "Perpres 21/2023", **said} | WeekForm.of(
            national.RAMADAN
        )
