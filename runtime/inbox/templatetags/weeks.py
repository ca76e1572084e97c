"""Opening hours of a week in words."""

from __future__ import annotations

import itertools

from django import template
from django.utils.dates import WEEKDAYS

from runtime.look import words
from runtime.regions.worktime import Week

register = template.Library()


@register.filter
def lines(week: Week) -> list[tuple[str, str]]:
    """Say when an office is open, days that are alike together: Senin–Kamis, 07.30–12.00, 13.00–16.00."""
    found = []
    for hours, numbers in itertools.groupby(range(7), key=lambda n: week[n]):
        days = list(numbers)
        ends = (str(WEEKDAYS[days[0]]), str(WEEKDAYS[days[-1]]))
        spans = [f"{words.clock(opens)}–{words.clock(closes)}" for opens, closes in hours]
        found.append(("–".join(dict.fromkeys(ends)), ", ".join(spans)))
    return found
