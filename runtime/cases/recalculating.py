"""What a changed calendar does to open cases: their promised times are counted again, and that is recorded.

The promised times of a case follow from its events and from the calendar of its office, so counting
them again is repeatable: where nothing differs, nothing is written. Each case is one transaction. A
region whose calendars changed is behind until all its cases were looked at (`Region.deadlines_mark`).
"""

from __future__ import annotations

import itertools
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from runtime.cases import noting, retelling
from runtime.cases.history import RECALCULATED
from runtime.cases.models import Case, CaseEvent, Task
from runtime.modules import selectors as modules
from runtime.regions import calendar, scope
from runtime.regions.calendar import Shelf
from runtime.regions.models import Region
from runtime.workflow import clocks
from runtime.workflow.clocks import Since, Strike

logger = logging.getLogger(__name__)
AT_ONCE = 200  # cases whose events are read together
BATCH = 500  # cases that one beat writes at most
GRACE = timedelta(seconds=30)  # after which no step is under way any more that read the old calendar
_looked: dict[int, tuple[str, datetime]] = {}  # the marks this process has gone through once, and when


class _LostRace(Exception):
    """Somebody acted on the case meanwhile; the next beat looks again."""


@dataclass(frozen=True, slots=True)
class Moved:
    """An open case with the times it should have; `tasks` are those due at another time, with that time."""

    case: Case
    due_at: datetime | None
    deadline_at: datetime | None
    timer_at: datetime | None
    tasks: tuple[tuple[Task, datetime | None], ...] = ()

    @property
    def promised_anew(self) -> bool:
        """Whether a promised time of the case itself is another."""
        return (self.due_at, self.deadline_at) != (self.case.due_at, self.case.deadline_at)

    @property
    def behind(self) -> bool:
        """Whether anything at all is to be written."""
        return self.promised_anew or self.timer_at != self.case.timer_at or bool(self.tasks)


def differing(region: Region, shelf: Shelf) -> Iterator[Moved]:
    """Yield the open cases of `region` that get another promised time by the calendars of `shelf`."""
    return (moved for moved in _open_cases(region, shelf, None) if moved.promised_anew)


def recalculate(now: datetime) -> int:
    """Count again in the regions whose calendars changed; return how many cases were given other times.

    A region is looked at at once, and once more when every step has ended that may have begun before.
    """
    behind = Region.objects.filter(tenant__isnull=True).exclude(deadlines_mark=F("calendar_mark"))
    written = 0
    for region in behind:
        mark, since = _looked.get(region.pk, ("", now))
        again = mark == region.calendar_mark
        if again and now - since < GRACE:
            continue
        done, whole = apply(region, now)
        written += done
        if whole and again:
            same = Region.objects.filter(pk=region.pk, calendar_mark=region.calendar_mark)
            same.update(deadlines_mark=region.calendar_mark)
            del _looked[region.pk]
        elif whole:
            _looked[region.pk] = (region.calendar_mark, now)
    return written


def apply(region: Region, now: datetime) -> tuple[int, bool]:
    """Give open cases of `region` the times its calendars promise; return how many, and whether that was all.

    Repeatable, and safe beside actions and other processes: each case is read again under its lock.
    """
    written, looked, whole = 0, 0, True
    with scope.use(region):
        shelf = calendar.shelf(region)
        behind = (moved for moved in _open_cases(region, shelf, now) if moved.behind)
        for moved in itertools.islice(behind, BATCH):
            looked += 1
            try:
                written += _write(moved.case.pk, shelf, now)
            except _LostRace:
                whole = False
            except Exception:  # one case that fails holds up no other
                logger.exception("deadlines of %s could not be counted again", moved.case.reference)
    return written, whole and looked < BATCH


def count_again(case: Case, now: datetime) -> None:
    """Give a case that was put back as it was the times that its calendars promise by now.

    Inside the transaction that holds the case.
    """
    region = Region.objects.get(pk=case.region_id)
    if _write(case.pk, calendar.shelf(region), now):
        case.refresh_from_db()


def _open_cases(region: Region, shelf: Shelf, now: datetime | None) -> Iterator[Moved]:
    found = Case.objects.filter(region=region, closed_at__isnull=True)
    cases = found.select_related("version", "office", "region").order_by("due_at", "pk").iterator(AT_ONCE)
    while chunk := list(itertools.islice(cases, AT_ONCE)):
        events, tasks = _rows(CaseEvent.objects.order_by("n"), chunk), _rows(_open_tasks(), chunk)
        for case in chunk:
            yield _counted(case, events.get(case.pk, []), tasks.get(case.pk, []), shelf, now)


def _rows(found: Any, chunk: Sequence[Case]) -> Mapping[int, list[Any]]:
    rows: dict[int, list[Any]] = {}
    for row in found.filter(case__in=chunk):
        rows.setdefault(row.case_id, []).append(row)
    return rows


def _open_tasks() -> Any:
    return Task.objects.filter(closed_at__isnull=True).select_related("office").order_by("pk")


def _counted(
    case: Case, events: Sequence[CaseEvent], tasks: Sequence[Task], shelf: Shelf, now: datetime | None
) -> Moved:
    """Return the times of a case as its events and the calendars of its offices give them."""
    module, works = modules.definition(case.version), shelf.calendar(case.office)
    due, deadline = retelling.promised(case, module, events, works)
    status = module.workflow.status(case.status)
    limits = {rule.key: rule.due for rule in status.tasks}
    others = []
    for task in tasks:
        limit = limits.get(task.key)
        if limit:
            other: datetime | None = shelf.calendar(task.office).after(task.opened_at, limit)
        else:
            other = due if task.due_at == case.due_at else task.due_at
        if other != task.due_at:
            others.append((task, other))
    strikes = clocks.strikes(clocks.timers(status, module), Since(case.status_since, due, deadline), works)
    return Moved(case, due, deadline, _timer(case, events, strikes, now), tuple(others))


def _timer(
    case: Case, events: Sequence[CaseEvent], strikes: Sequence[Strike], now: datetime | None
) -> datetime | None:
    """Return when the clock has to look next: at what it has not done. What it had given up stays so."""
    if now is None:
        return case.timer_at
    known = {event.key.removeprefix("system:") for event in events}
    open_ = (strike.at for strike in strikes if clocks.name(strike, case.entered) not in known)
    return next((at for at in open_ if case.timer_at is not None or at > now), None)


def _write(pk: int, shelf: Shelf, now: datetime) -> bool:
    """Write the times of one case, its clock and its tasks; tell whether anything was written."""
    with transaction.atomic():
        found = Case.objects.select_for_update(of=("self",)).select_related("region", "version", "office")
        case = found.get(pk=pk)
        events = list(CaseEvent.objects.filter(case=case).order_by("n"))
        moved = _counted(case, events, list(_open_tasks().filter(case=case)), shelf, now)
        if case.closed_at is not None or not moved.behind:
            return False
        values: dict[str, Any] = {"timer_at": moved.timer_at}
        if moved.promised_anew:
            values |= {"due_at": moved.due_at, "deadline_at": moved.deadline_at}
            values["revision"] = case.revision + 1
        if not Case.objects.filter(pk=pk, revision=case.revision, closed_at=None).update(**values):
            raise _LostRace
        for task, due in moved.tasks:
            Task.objects.filter(pk=task.pk, closed_at__isnull=True).update(due_at=due)
        if moved.promised_anew:
            _record(moved, events[-1], shelf, now)
    return True


def _record(moved: Moved, last: CaseEvent, shelf: Shelf, now: datetime) -> None:
    """Write the line of history; it names the calendar and the times before and after."""
    case = moved.case
    data = {
        "number": case.number,
        "version": case.version.digest,
        "due_at": _said(moved.due_at),
        "deadline_at": _said(moved.deadline_at),
        "before": {"due_at": _said(case.due_at), "deadline_at": _said(case.deadline_at)},
        "calendar": shelf.calendar(case.office).digest,
    }
    key = f"calendar:{case.revision + 1}"
    noting.note(case, last, action=RECALCULATED, key=key, data=data, now=now)


def _said(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
