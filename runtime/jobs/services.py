"""Ask for a job, stop it, and sweep up after it. How it is worked off is `working`'s."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from runtime.jobs import folder, kinds, working
from runtime.jobs.models import Job
from runtime.jobs.working import work, work_due
from runtime.regions import scope
from runtime.regions.models import Region, User

__all__ = ["NotYours", "TooMany", "begin", "cancel", "sweep", "work", "work_due"]

State = Job.State
MOST = 3  # unfinished jobs of a kind of one person in a region: nobody takes the line from everybody else
LIFE = timedelta(days=30)  # after which nobody asks any more what came of it


class TooMany(Exception):
    """The person has as many unfinished jobs as anybody may."""


class NotYours(Exception):
    """The key of the job belongs to somebody else."""


def begin(
    *,
    region: Region,
    by: User | None,
    key: uuid.UUID,
    kind: str,
    arguments: dict[str, Any],
    now: datetime,
    most: int | None = MOST,
) -> Job:
    """Write the job down; the same `key` gives the same job again. Nothing is done yet.

    `most` is how many unfinished ones of the kind a person may have. Raises `TooMany` and `NotYours`.
    """
    assert kinds.get(kind) is not None, "a kind is registered by the app it is from"
    with transaction.atomic():
        job: Job | None = Job.objects.filter(region=region, public_id=key).first()
        if job is None:
            mine = Job.objects.filter(region=region, by=by, kind=kind, finished_at__isnull=True)
            if most is not None and mine.count() >= most:
                raise TooMany
            values = {"region": region, "by": by, "kind": kind, "arguments": arguments, "asked_at": now}
            job, _new = Job.objects.get_or_create(public_id=key, defaults=values)
    if job.by_id != (by.pk if by else None) or job.kind != kind:
        raise NotYours
    return job


def cancel(job: Job, *, now: datetime) -> bool:
    """Stop a job that is not finished, and throw away what it made; return whether it was stopped."""
    stopped: bool = working.end(job, State.CANCELLED, now=now)
    return stopped


def sweep(now: datetime) -> int:
    """Delete files whose time is over, and rows nobody asks for any more; return how many of both."""
    with scope.everywhere("files of all regions have their time"):
        late = list(Job.objects.filter(expires_at__lt=now))
        for job in late:
            folder.keep_only(job)
            Job.objects.filter(pk=job.pk).update(file="", size=0, expires_at=None)
        old: int
        old, _each = Job.objects.filter(finished_at__lt=now - LIFE, expires_at__isnull=True).delete()
    return len(late) + old
