"""Promised times in words."""

from __future__ import annotations

from django.utils.translation import ngettext

from schemas.definition import Duration


def say(span: Duration) -> str:
    """Return a duration as people say it: 3 working days."""
    amount = span.amount
    words = {
        "minutes": ngettext("%(n)s minute", "%(n)s minutes", amount),
        "working_hours": ngettext("%(n)s working hour", "%(n)s working hours", amount),
        "working_days": ngettext("%(n)s working day", "%(n)s working days", amount),
        "days": ngettext("%(n)s calendar day", "%(n)s calendar days", amount),
    }
    return words[span.unit] % {"n": amount}
