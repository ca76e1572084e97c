"""The open tasks of a case told anew from its events, and compared with their rows. Reads only.

Each event names the tasks it opened, closed, escalated and handed on, so the rows are a copy to be checked:
a task that is open in one and not in the other was changed beside the history.
"""

from __future__ import annotations

from collections.abc import Iterable

from runtime.cases.models import Case, CaseEvent, Task

Open = dict[tuple[str, int, int], int | None]
"""The key, seat and office of each open task, with the person in whose hands it lies."""
NAMED = "tasks"
"""What the first event of a case says when its events name their tasks; cases from before do not."""


def open_tasks(events: Iterable[CaseEvent]) -> Open | None:
    """Return the tasks that are open after `events`, None when they do not name their tasks."""
    found: Open = {}
    for event in events:
        if event.n == 1 and NAMED not in event.data:
            return None
        for key, seat, office in event.data.get("closed", ()):
            found.pop((key, seat, office), None)
        for key, seat, office, new_seat, new_office in event.data.get("escalated", ()):
            found.pop((key, seat, office), None)
            found[key, new_seat, new_office] = None
        for key, seat, office, person in event.data.get("opened", ()):
            found[key, seat, office] = person or None
        if handed := event.data.get("handed"):
            key, seat, office, person = handed
            found[key, seat, office] = person or None
    return found


def apart(case: Case, events: Iterable[CaseEvent]) -> bool:
    """Tell whether the open tasks of the case are others than its events say, or in other hands."""
    told = open_tasks(events)
    if told is None:
        return False
    rows = Task.objects.filter(case=case, closed_at__isnull=True)
    stored = rows.values_list("key", "seat", "office_id", "claimed_by_id")
    return told != {(key, seat, office): person for key, seat, office, person in stored}
