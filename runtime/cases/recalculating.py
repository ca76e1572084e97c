"""What a changed calendar does to the deadlines of open cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from runtime.cases.models import Case
from runtime.modules import selectors as modules
from runtime.regions.calendar import Shelf
from runtime.regions.models import Region


@dataclass(frozen=True, slots=True)
class Moved:
    """An open case whose deadline is another by the calendars it was looked at with."""

    case: Case
    due_at: datetime


def differing(region: Region, shelf: Shelf) -> Iterator[Moved]:
    """Yield the open cases of `region` that get another deadline by `shelf`, those due first at first."""
    found = Case.objects.filter(region=region, closed_at__isnull=True, due_at__isnull=False)
    for case in found.select_related("version").order_by("due_at", "pk").iterator(500):
        status = modules.definition(case.version).workflow.status(case.status)
        if status.due is None:
            continue
        due = shelf.calendar().after(case.status_since, status.due)
        if due != case.due_at:
            yield Moved(case, due)
