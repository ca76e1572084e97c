"""Open tasks of a region by post and by person, and since when somebody has one in hand. Reads only."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Max, QuerySet

from runtime.cases.models import CaseEvent, Task
from runtime.regions.models import Region
from runtime.workflow.handing import VERBS

Post = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Load:
    """How much waits for a post: the tasks, and how many of them nobody has taken on. `latest` is a case."""

    post: Post
    tasks: int
    free: int
    version: int


Offices = Collection[int] | None
"""Only these offices; none means all of the region."""


def open_tasks(region: Region, offices: Offices = None) -> QuerySet[Task]:
    """Return every open task of `region`, those due first on top."""
    found: QuerySet[Task] = Task.objects.filter(region=region, closed_at__isnull=True)
    if offices is not None:
        found = found.filter(office__in=offices)
    found = found.select_related("case", "office", "claimed_by").defer(
        "case__answers", "case__officer_answers"
    )
    return found.order_by(F("due_at").asc(nulls_last=True), "opened_at", "pk")


def loads(region: Region, offices: Offices = None) -> tuple[Load, ...]:
    """Return what waits for each post of `region` that has open tasks."""
    rows = open_tasks(region, offices).select_related(None).order_by().values_list("role", "office")
    found = rows.annotate(
        tasks=Count("pk"), taken=Count("claimed_by"), version=Max("case__version")
    ).order_by("role", "office")
    return tuple(Load((role, office), n, n - taken, version) for role, office, n, taken, version in found)


def in_hand(region: Region, offices: Offices = None) -> dict[int, int]:
    """Return how many open tasks each person has taken on or was given."""
    rows = open_tasks(region, offices).select_related(None).order_by().filter(claimed_by__isnull=False)
    return dict(rows.values_list("claimed_by").annotate(Count("pk")))


def since(tasks: Sequence[Task]) -> dict[int, datetime]:
    """Return since when each task that somebody has in hand lies there, told from the events."""
    held = {task.pk: task for task in tasks if task.claimed_by_id is not None}
    events = CaseEvent.objects.filter(case__in={task.case_id for task in held.values()}, action__in=VERBS)
    last: dict[tuple[int, str, int, int], tuple[int, datetime]] = {}
    for case, data, at in events.order_by("case_id", "n").values_list("case_id", "data", "at"):
        key, seat, office, person = data["handed"]
        last[case, key, seat, office] = (person, at)
    found = {}
    for pk, task in held.items():
        person, at = last.get((task.case_id, task.key, task.seat, task.office_id), (0, task.opened_at))
        found[pk] = at if person == task.claimed_by_id and at >= task.opened_at else task.opened_at
    return found
