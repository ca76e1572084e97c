"""Texts, dates and times in the reader's language. Moments are said on the clock they carry."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format, time_format
from django.utils.translation import get_language

from schemas.definition import Text

# Django's own short formats put seconds and commas where readers here do not expect them.
CLOCKS = {"id": "H.i", "en": "H:i"}
DAY = "D j M"
LONG_DAY = "l, j F Y"


def language() -> str:
    """Return the reader's language as a two-letter code."""
    return (get_language() or "id")[:2]


def say(value: object) -> str:
    """Say a module's text, or a `{language: words}` mapping, in the reader's language."""
    if isinstance(value, Text):
        return value.say(language())
    if isinstance(value, dict):
        return str(value.get(language()) or next(iter(value.values()), ""))
    return "" if value is None else str(value)


def clock(moment: dt.datetime | dt.time) -> str:
    """Say the time of day: 09.12 in Indonesian, 09:12 in English."""
    return time_format(moment, CLOCKS.get(language(), "H:i"))


def day(moment: dt.date, *, this_year: int) -> str:
    """Say a date, with its time of day if it has one: Sen 23 Nov, 09.12; the year unless `this_year`."""
    words = date_format(moment, DAY if moment.year == this_year else f"{DAY} Y")
    return f"{words}, {clock(moment)}" if isinstance(moment, dt.datetime) else words


def long_day(moment: dt.date) -> str:
    """Say a date in full: Jumat, 27 November 2026."""
    return date_format(moment, LONG_DAY)
