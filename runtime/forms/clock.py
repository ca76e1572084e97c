"""Days and times of day as people type them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from runtime.forms.face import Refused

DAY = ("day", "month", "year")

_NAMES = ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des")
MONTHS = {
    **{name: number for number, name in enumerate(_NAMES, 1)},
    "may": 5, "aug": 8, "ags": 8, "agt": 8, "oct": 10, "nop": 11, "dec": 12, "peb": 2,
}  # fmt: skip

_TIME = re.compile(
    r"(?:pukul |pkl\.? |jam )?(?:([0-9]{1,2})(?: ?[.:,] ?([0-9]{2}))?|([0-9]{1,2})([0-9]{2}))"
    r"(?: ?(a\.?m\.?|p\.?m\.?|wib|wita|wit))?",
)


def read_day(typed: Mapping[str, Any], *, prefix: str = "", **data: object) -> str:
    """Return day, month (a number or its name) and year of four digits as ISO 8601, or raise `Refused`."""
    day, month, year = (str(typed.get(f"{prefix}{part}", "")).strip() for part in DAY)
    missing = [part for part, text in zip(DAY, (day, month, year), strict=True) if not text]
    if missing:
        raise Refused("date.part", part=missing[0], **data)
    month_number = MONTHS.get(month.lower()[:3]) if month.isalpha() else _number(month)
    day_number, year_number = _number(day), _number(year)
    if day_number is None or month_number is None or year_number is None:
        raise Refused("date.format", **data)
    if len(year) != 4 or year_number < 1800:
        raise Refused("date.year", **data)
    try:
        return datetime.date(year_number, month_number, day_number).isoformat()
    except ValueError:
        raise Refused("date.unreal", **data) from None


def show_day(answer: str, *, prefix: str = "") -> dict[str, str]:
    """Return what stands in the three inputs for a day in ISO 8601, or for none."""
    year, month, day = answer.split("-") if answer else ("", "", "")
    return {f"{prefix}day": day.lstrip("0"), f"{prefix}month": month.lstrip("0"), f"{prefix}year": year}


def read_time(text: str) -> str:
    """Return 14.05, 14:05, 1405, 14 or 2:05 pm as `14:05`, or raise `Refused`."""
    found = _TIME.fullmatch(" ".join(text.lower().split()))
    if not found:
        raise Refused("time.format")
    hour, minute = int(found[1] or found[3]), int(found[2] or found[4] or 0)
    half = (found[5] or "")[:1]
    if half in {"a", "p"}:
        if not 1 <= hour <= 12:
            raise Refused("time.format")
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        raise Refused("time.format")
    return f"{hour:02}:{minute:02}"


def say_time(answer: str, language: str) -> str:
    """Return `14:05` as it is written in the language: 14.05 in Indonesian."""
    return answer if language == "en" else answer.replace(":", ".")


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None
