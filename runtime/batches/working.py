"""The work of a batch as a job: its cases one by one, a page of them in a part.

Every case is its own transaction under its own idempotency key, which follows from batch and task. So
whatever stops the work, a crash or a second worker, it can be gone on with: what was done is found done.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from django.utils import timezone

from runtime.batches.models import Batch, Item
from runtime.batches.naming import fitting, named
from runtime.cases import services
from runtime.cases.selectors import Task
from runtime.jobs.kinds import Part
from runtime.jobs.models import Job
from runtime.workflow.handing import VERBS

logger = logging.getLogger(__name__)
KIND = "batch"
State = Item.State
AT_ONCE = 25  # cases of a part: a page of the work list, each some hundredths of a second
PATIENCE = 10.0  # seconds after which a part is over, however few were done


class Steps:
    """The kind of job that a batch is; it makes no file."""

    key = KIND
    keep = timedelta(0)
    gives_up = False

    def count(self, job: Job, now: datetime) -> int:
        """Return how many tasks were ticked."""
        return int(Item.objects.filter(batch__job=job).count())

    def part(self, job: Job, now: datetime) -> Part:
        """Do the next cases, one at least, until the part is full or the batch is stopped.

        What came of a case is noted at once and not with the part: it is done, whoever notes the part.
        """
        batch = Batch.objects.select_related("region", "user", "person").get(job=job)
        waiting = Item.objects.filter(batch=batch, state=State.WAITING)
        done, until = 0, monotonic() + PATIENCE
        for item in list(waiting.order_by("n")[:AT_ONCE]):
            if (done and monotonic() >= until) or not _goes_on(job):
                break
            _note(item, _attempt(batch, item))
            done += 1
        return Part(done, {}, over=not waiting.exists())

    def finish(self, job: Job, alive: Callable[[], None], now: datetime) -> None:
        """Forget the note, which stands in the histories."""
        Batch.objects.filter(job=job).update(comment="")


def _goes_on(job: Job) -> bool:
    mine = Job.objects.filter(pk=job.pk, turn=job.turn, finished_at__isnull=True)
    return bool(mine.exists())


@dataclass(frozen=True, slots=True)
class _Came:
    """What came of one task."""

    state: str
    reference: str = ""
    reason: str = ""
    data: Any = None


def _attempt(batch: Batch, item: Item) -> _Came:
    task, reason = named(batch.region, batch.user, batch.action, batch.module, item.task)
    if task is None:
        return _Came(State.REFUSED, reason=reason)
    found = _Came(State.REFUSED, task.case.reference, reason)
    if reason and not _was_done(batch, item, task):
        return found
    try:
        _perform(batch, item, task)
    except services.Conflict:
        return replace(found, reason="stale")
    except services.Refused as refusal:
        return replace(found, reason=refusal.refused.reason, data=dict(refusal.refused.data))
    except Exception:
        logger.exception("case %s of batch %s failed", task.case.reference, batch.public_id)
        return replace(found, reason="failed")
    return replace(found, state=State.DONE, reason="")


def _was_done(batch: Batch, item: Item, task: Task) -> bool:
    """Tell whether this very command was carried out before a crash kept us from noting it."""
    return services.was_done(task.case, batch.user, _key(batch, item))


def _perform(batch: Batch, item: Item, task: Task) -> None:
    services.perform(
        region=batch.region,
        case_reference=task.case.reference,
        actor_user=batch.user,
        action=fitting(task, batch.user, batch.action),
        comment=batch.comment,
        person=batch.person_id,
        task=task.pk if batch.action in VERBS else None,
        key=_key(batch, item),
        seen_revision=item.seen,
        now=timezone.now(),
    )


def _key(batch: Batch, item: Item) -> str:
    return f"batch:{batch.public_id.hex}:{item.task}"


def _note(item: Item, came: _Came) -> None:
    """Note what came of a task, also when the batch was stopped while it was being done."""
    Item.objects.filter(pk=item.pk, state__in=(State.WAITING, State.CANCELLED)).update(
        state=came.state,
        reference=came.reference,
        reason=came.reason,
        data=came.data or {},
        done_at=timezone.now(),
    )
