"""Which answers were given or changed when, told from the events of cases."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from runtime.cases.models import CaseEvent
from runtime.regions.models import Region


@dataclass(frozen=True, slots=True)
class Changed:
    """One event that changed answers: when, by which action, of which questions."""

    at: datetime
    action: str
    keys: tuple[str, ...]


def changes(region: Region, cases: Collection[int]) -> dict[int, list[Changed]]:
    """Return what changed in these cases, by case, the earliest first; asks the database once."""
    found: dict[int, list[Changed]] = {}
    events = CaseEvent.objects.filter(region=region, case__in=cases).order_by("case", "n")
    for case, at, action, data in events.values_list("case_id", "at", "action", "data"):
        if keys := data.get("changed"):
            found.setdefault(case, []).append(Changed(at, action, tuple(keys)))
    return found
