"""Begin a batch, do the first of it, cancel it. How it is worked off is `working`'s."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from runtime.batches import working
from runtime.batches.models import Batch, Item
from runtime.jobs import services as jobs
from runtime.regions.models import Region, User

State = Item.State
MOST = 100  # tasks in one batch: what a person can still look through before pressing the button


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be done, the same for every case. `module` is the service whose action it is."""

    action: str
    module: str = ""
    comment: str = ""
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Ticked:
    """A task that was chosen, and the revision of its case that was seen."""

    task: int
    seen: int


class TooMany(Exception):
    """More tasks than one batch may hold."""


class NotYours(Exception):
    """The key of the batch belongs to somebody else."""


class OtherList(Exception):
    """The key of the batch belongs to another command, or to one on other tasks."""


def begin(
    *, region: Region, user: User, key: uuid.UUID, wanted: Wanted, ticked: Sequence[Ticked], now: datetime
) -> Batch:
    """Write the batch down, whole; the same `key` gives the same batch again. Nothing is done yet.

    Raises `TooMany`, `NotYours`, and `OtherList` when under `key` something else was begun.
    """
    if len(ticked) > MOST:
        raise TooMany
    with transaction.atomic():
        try:
            job = jobs.begin(
                region=region, by=user, key=key, kind=working.KIND, arguments={}, now=now, most=None
            )
        except jobs.NotYours:
            raise NotYours from None
        values = {
            "region": region,
            "user": user,
            "job": job,
            "module": wanted.module,
            "action": wanted.action,
            "comment": wanted.comment,
            "person_id": wanted.person,
            "created_at": now,
        }
        batch: Batch
        batch, made = Batch.objects.get_or_create(public_id=key, defaults=values)
        if batch.user_id != user.pk:
            raise NotYours
        if made:
            Item.objects.bulk_create(
                Item(region=region, batch=batch, n=n, task=one.task, seen=one.seen)
                for n, one in enumerate(ticked, start=1)
            )
        elif not _same(batch, wanted, ticked):
            raise OtherList
    return batch


def _same(batch: Batch, wanted: Wanted, ticked: Sequence[Ticked]) -> bool:
    """Tell whether the batch was begun with this; its note is forgotten in time and does not count."""
    if (batch.action, batch.module, batch.person_id) != (wanted.action, wanted.module, wanted.person):
        return False
    known = Item.objects.filter(batch=batch).order_by("n").values_list("task", "seen")
    return list(known) == [(one.task, one.seen) for one in ticked]


def work(batch: Batch, *, now: datetime) -> int:
    """Do the first cases of a batch, unless somebody else is at it; return how many were looked at."""
    before = _waiting(batch).count()
    jobs.work(batch.job, now=now)
    batch.refresh_from_db()
    return before - _waiting(batch).count()


def cancel(batch: Batch, *, now: datetime) -> None:
    """Let what has not been done yet be; what was done, or is being done just now, stays done."""
    if jobs.cancel(batch.job, now=now):
        _waiting(batch).update(state=State.CANCELLED)
        Batch.objects.filter(pk=batch.pk).update(comment="")
    batch.refresh_from_db()


def _waiting(batch: Batch) -> QuerySet[Item]:
    found: QuerySet[Item] = Item.objects.filter(batch=batch, state=State.WAITING)
    return found
