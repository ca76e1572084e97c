"""Reading the outbox: what is parked in a region, and how much waits altogether."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, Count, Min, Q, QuerySet
from django.db.models.expressions import RawSQL

from runtime.effects.models import EffectRun
from runtime.regions import scope
from runtime.regions.models import Region

# Spelt out: SQLite takes the partial index only where the condition stands in the statement itself.
OPEN = RawSQL("effects_effectrun.state IN ('new', 'leased')", (), output_field=BooleanField())


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


def given_away(region: Region, cases: Collection[int]) -> QuerySet[EffectRun]:
    """Return what other systems and telephones were told of these cases and have taken."""
    by_telephone = Q(type="mail", payload__via__in=("sms", "whatsapp"))
    outside = Q(type__in=("webhook", "message")) | by_telephone
    found = EffectRun.objects.filter(outside, region=region, case_id__in=cases)
    delivered: QuerySet[EffectRun] = found.filter(state=EffectRun.State.DONE, settled_by__isnull=True)
    return delivered.order_by("pk")


def written_to(region: Region, user: int) -> QuerySet[EffectRun]:
    """Return the mails that services have written to an officer, or will."""
    found: QuerySet[EffectRun] = EffectRun.objects.filter(region=region, type="mail", lane=f"mail:u{user}")
    return found


def notices(region: Region) -> QuerySet[EffectRun]:
    """Return what people were told, or will be, the newest first."""
    found: QuerySet[EffectRun] = EffectRun.objects.filter(
        region=region, type__in=("mail", "message", "digest")
    )
    return found.select_related("region").order_by("-pk")


def backlog(now: datetime) -> Backlog:
    """Return the state of the whole outbox, for the health page."""
    with scope.everywhere("health of the outbox of all regions"):
        due = EffectRun.objects.filter(OPEN, due_at__lte=now).order_by()
        found = due.aggregate(waiting=Count("pk"), oldest=Min("due_at"))
        parked = EffectRun.objects.filter(state=EffectRun.State.FAILED).count()
    return Backlog(found["waiting"], parked, found["oldest"])
