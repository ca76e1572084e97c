"""The open tasks of a case told anew from its events, and compared with their rows. Reads only.

Each event names the tasks it opened, closed and handed on, so the rows are a copy that can be checked:
a task that is open in one and not in the other was changed beside the history.
"""

from __future__ import annotations

from collections.abc import Iterable

from runtime.cases.models import Case, CaseEvent, Task

Open = frozenset[tuple[str, int, int]]
"""The key, seat and office of each open task."""
NAMED = "tasks"
"""What the first event of a case says when its events name their tasks; cases from before do not."""


def open_tasks(events: Iterable[CaseEvent]) -> Open | None:
    """Return the tasks that are open after `events`, None when they do not name their tasks."""
    found: set[tuple[str, int, int]] = set()
    for event in events:
        if event.n == 1 and NAMED not in event.data:
            return None
        found -= {(key, seat, office) for key, seat, office in event.data.get("closed", ())}
        for key, seat, office, new_seat, new_office in event.data.get("escalated", ()):
            found.discard((key, seat, office))
            found.add((key, new_seat, new_office))
        found |= {(key, seat, office) for key, seat, office, _person in event.data.get("opened", ())}
    return frozenset(found)


def apart(case: Case, events: Iterable[CaseEvent]) -> bool:
    """Tell whether the open tasks of the case are others than its events say."""
    told = open_tasks(events)
    if told is None:
        return False
    rows = Task.objects.filter(case=case, closed_at__isnull=True)
    return told != frozenset(rows.values_list("key", "seat", "office_id"))
