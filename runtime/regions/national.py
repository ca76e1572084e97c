"""What is known of Indonesia's working year before anybody writes it down: the state's days and hours.

National days and collective leave are those of the `holidays` package (its categories `public` and
`government`); the hours are those of Perpres 21/2023: 37½ a week, 32½ in Ramadan.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache
from typing import Literal

import holidays

from runtime.regions.worktime import Hours, Week

FIRST_YEAR, LAST_YEAR = 2020, 2050  # years that calendars know
_TENTATIVE = " (perkiraan)"


def _day(opens: str, pause: str, resumes: str, closes: str) -> Hours:
    first, until, then, last = map(time.fromisoformat, (opens, pause, resumes, closes))
    return ((first, until), (then, last))


def _week(usual: Hours, friday: Hours) -> Week:
    return (usual, usual, usual, usual, friday, (), ())


USUAL = _week(_day("07:30", "12:00", "13:00", "16:00"), _day("07:30", "11:30", "13:00", "16:30"))
RAMADAN = _week(_day("08:00", "12:00", "12:30", "15:00"), _day("08:00", "11:30", "12:30", "15:30"))


Kind = Literal["national", "leave"]


@dataclass(frozen=True, slots=True)
class NationalDay:
    """A day the state does not work on; `tentative` when its date is an estimate."""

    day: date
    kind: Kind
    name: str
    tentative: bool


@lru_cache(maxsize=64)
def days(year: int) -> tuple[NationalDay, ...]:
    """Return the national days and the collective leave of `year`, in order; the package decides."""
    found: dict[date, NationalDay] = {}
    kinds: tuple[tuple[Kind, str], ...] = (("leave", holidays.GOVERNMENT), ("national", holidays.PUBLIC))
    for kind, category in kinds:
        said = holidays.country_holidays("ID", years=year, categories=(category,), language="id")
        for day, names in said.items():
            name = names.replace(_TENTATIVE, "")
            found[day] = NationalDay(day, kind, name, tentative=name != names)
    return tuple(found[day] for day in sorted(found))


def ramadan(year: int) -> tuple[date, date] | None:
    """Return about when Ramadan is: the thirty days before Idul Fitri. The sighting decides."""
    feast = next((day.day for day in days(year) if day.name == "Hari Raya Idul Fitri"), None)
    return (feast - timedelta(days=30), feast - timedelta(days=1)) if feast else None
