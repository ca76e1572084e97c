"""How many copies of a case, or of everything, one applicant may have made in an hour."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from runtime.look import words
from runtime.regions import pace


def refusal(request: HttpRequest, whose: str, now: datetime) -> str:
    """Count a copy for `whose`; return why there is none now and when there will be, "" if there is."""
    if pace.within(request, "copies", pace.HOUR, whose=f"copies of {whose}"):
        return ""
    again = timezone.localtime(now + timedelta(seconds=pace.wait(pace.HOUR) + 60))  # minutes are whole
    return _("%(most)s copies were made within this hour. You can save the next one from %(clock)s.") % {
        "most": settings.RAKIT_LIMITS["copies"],
        "clock": words.clock(again),
    }
