"""Reading moves: the batches of a service, their counts, their cases. Each takes the region or the batch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet

from runtime.modules import selectors as modules
from runtime.modules.models import ModuleVersion
from runtime.moves.models import Batch, Item
from runtime.moves.sentences import Words
from runtime.regions.models import Region
from runtime.workflow.moving.values import KINDS

__all__ = ["Batch", "Item", "Tally", "batch", "batches", "items", "tally", "versions", "words_of"]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many cases of a batch there are by kind (those not moved yet) and by state."""

    kinds: dict[str, int]
    states: dict[str, int]
    looked: int
    total: int

    @property
    def moved(self) -> int:
        return self.states.get(Item.State.MOVED, 0)

    @property
    def waiting(self) -> int:
        return self.states.get(Item.State.CHOSEN, 0) + self.states.get(Item.State.RETURNING, 0)


def batch(region: Region, key: str) -> Batch | None:
    """Return the batch `key` of `region`."""
    return batches(region).filter(key=key).first()


def batches(region: Region) -> QuerySet[Batch]:
    """Return the batches of `region`, newest first."""
    found: QuerySet[Batch] = Batch.objects.filter(region=region)
    return found.select_related("region", "old", "new", "by").order_by("-pk")


def tally(batch: Batch) -> Tally:
    """Return how far the batch has come."""
    rows = Item.objects.filter(batch=batch).order_by().values_list("kind", "state").annotate(Count("pk"))
    kinds, states = dict.fromkeys(KINDS, 0), dict.fromkeys(Item.State.values, 0)
    for kind, state, count in rows:
        states[state] += count
        if state in (Item.State.PLANNED, Item.State.CHOSEN):
            kinds[kind] += count
    looked = sum(states.values())
    return Tally(
        {str(kind): count for kind, count in kinds.items()}, states, looked, max(batch.total, looked)
    )


def items(batch: Batch, *, kind: str = "", state: str = "") -> QuerySet[Item]:
    """Return the cases of the batch, those of one kind or state only if asked."""
    found: QuerySet[Item] = Item.objects.filter(batch=batch)
    if kind:
        found = found.filter(kind=kind, state__in=(Item.State.PLANNED, Item.State.CHOSEN))
    if state:
        found = found.filter(state=state)
    return found.select_related("case", "case__version").order_by("pk")


def words_of(batch: Batch, now: datetime) -> Words:
    """Return who says the plans of the batch."""
    zone = ZoneInfo(batch.region.timezone)
    return Words(
        modules.definition(batch.old),
        modules.definition(batch.new),
        (batch.old.number, batch.new.number),
        zone,
        now.astimezone(zone).year,
    )


def versions(region: Region, key: str, counts: Mapping[int, int]) -> list[tuple[ModuleVersion, int]]:
    """Return the versions of the service in `region`, newest first, each with its open cases of `counts`."""
    found = ModuleVersion.objects.filter(region=region, key=key).defer("document").order_by("-number")
    return [(version, counts.get(version.pk, 0)) for version in found]
