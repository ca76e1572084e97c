"""Reading the outbox: what is parked in a region, and how much waits altogether."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q, QuerySet

from runtime.effects.models import EffectRun
from runtime.regions import scope
from runtime.regions.models import Region


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many effects wait, how many are parked, and since when the oldest is due."""

    waiting: int
    parked: int
    oldest: datetime | None


def parked(region: Region) -> QuerySet[EffectRun]:
    """Return the effects of `region` that gave up and wait for a person."""
    found: QuerySet[EffectRun] = EffectRun.objects.filter(region=region, state=EffectRun.State.FAILED)
    return found


def of_case(region: Region, case_id: int) -> QuerySet[EffectRun]:
    """Return what was to happen outside because of one case."""
    found: QuerySet[EffectRun] = EffectRun.objects.filter(region=region, case_id=case_id)
    return found


def backlog(now: datetime) -> Backlog:
    """Return the state of the whole outbox, for the health page."""
    open_ = Q(state__in=(EffectRun.State.NEW, EffectRun.State.LEASED), due_at__lte=now)
    with scope.everywhere("health of the outbox of all regions"):
        found = EffectRun.objects.aggregate(
            waiting=Count("pk", filter=open_),
            parked=Count("pk", filter=Q(state=EffectRun.State.FAILED)),
            oldest=Min("due_at", filter=open_),
        )
    return Backlog(**found)
