"""Bring a case back to the version it was moved from, exactly as it was: one transaction and one event."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from runtime.cases import moverows, noting, recalculating, statements, versions
from runtime.cases.models import Case, CaseEvent, Move
from runtime.cases.moving import Done, NotMoved
from runtime.cases.retry import once_more
from runtime.cases.writing import LostRace
from runtime.regions.models import Region, User
from runtime.workflow.commenting import VERBS


def undo(*, region: Region, reference: str, batch: str, now: datetime, by: User | None = None) -> Done:
    """Bring the case back to where it was before `batch` moved it, if nothing but comments came since.

    A calendar that was changed meanwhile counts: the times of then are counted again.
    The same batch gives the same result. Raises `NotMoved`, `Case.DoesNotExist`.
    """
    return once_more(lambda: _undo(region, reference, batch, now, by))


def _undo(region: Region, reference: str, batch: str, now: datetime, by: User | None) -> Done:
    key = f"undo:{batch}"
    with transaction.atomic():
        held = statements.hold(region=region, reference=reference, key=key, user=None)
        case = held.case
        if held.earlier is not None:
            return Done(case, CaseEvent.objects.get(case=case, pk=held.earlier), repeated=True)
        row = Move.objects.filter(case=case, batch=batch).first()
        if row is None:
            raise NotMoved("never_moved")
        events = CaseEvent.objects.filter(case=case, n__gte=row.n).order_by("n")
        since = events.filter(n__gt=row.n).exclude(action__in=VERBS).first()
        if since is not None:
            raise NotMoved("since", event=since)
        try:
            event = _put_back(case, row, list(events), key, now, by)
        except LostRace:
            raise NotMoved("since") from None
        Move.objects.filter(pk=row.pk).update(undone=event.n, before={})
        recalculating.count_again(case, now)
        return Done(case, event)


def _put_back(
    case: Case, row: Move, events: list[CaseEvent], key: str, now: datetime, by: User | None
) -> CaseEvent:
    moved, last = events[0].data["moved"], events[-1]
    moverows.put_back(case, row.before)
    opened, closed = moverows.put_tasks_back(case, row.before["tasks"])
    moverows.follow(case, {new: old for old, new in moved["questions"].items()})
    data: dict[str, Any] = {
        **moverows.standing(case),
        "closed": [[task.key, task.seat, task.office_id] for task in closed],
        "opened": [[task.key, task.seat, task.office_id, task.claimed_by_id or 0] for task in opened],
        "moved": {"batch": row.batch, "undoes": row.n, "numbers": moved["numbers"][::-1]},
    }
    return noting.note(case, last, action=versions.UNDONE, key=key, data=data, now=now, by=by)
