"""A deadline in words, in working days of the region. Pure: the clock is passed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from runtime.look import words
from runtime.regions import calendar
from runtime.regions.models import Region

Tone = Literal["late", "warn", "grey"]


@dataclass(frozen=True, slots=True)
class Due:
    """What to say about a deadline and how urgently; `at` is the moment itself."""

    at: datetime
    say: str
    tone: Tone


def due(at: datetime | None, *, now: datetime, region: Region) -> Due | None:
    """Say how much time is left until `at`, or how late it is; None without a deadline."""
    if at is None:
        return None
    days = calendar.working_days_between(now, at, region)
    local = calendar.local(at, region)
    today = local.date() == calendar.local(now, region).date()
    if at < now:
        return Due(at, _late(local, -days, today=today), "late")
    if today:
        return Due(at, _("Today, %(time)s") % {"time": words.clock(local)}, "warn")
    left = ngettext("%(days)s working day left", "%(days)s working days left", days) % {"days": days}
    if days < 1:
        return Due(at, _("Until %(day)s") % {"day": date_format(local, "l")}, "warn")
    return Due(at, left, "grey")


def _late(local: datetime, days: int, *, today: bool) -> str:
    if today:
        return _("Late since %(time)s today") % {"time": words.clock(local)}
    if days < 1:
        return _("Late since %(day)s") % {"day": date_format(local, "l, j F")}
    return ngettext("%(days)s working day late", "%(days)s working days late", days) % {"days": days}
