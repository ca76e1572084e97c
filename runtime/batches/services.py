"""Begin a batch, work it off, cancel it. The first of it is done in the request, the clock does the rest.

Every case is its own transaction under its own idempotency key, which follows from batch and task. So
whatever stops the work, a crash or a second worker, it can be gone on with: what was done is found done.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from runtime.batches.models import Batch, Item
from runtime.cases import many, services
from runtime.cases import selectors as cases
from runtime.cases.selectors import Task
from runtime.modules import selectors as modules
from runtime.regions import scope
from runtime.regions import selectors as regions
from runtime.regions.models import Region, User
from runtime.workflow.handing import BY_HEADS, VERBS
from schemas.definition import Action

logger = logging.getLogger(__name__)
State = Item.State
MOST = 100  # tasks in one batch: what a person can still look through before pressing the button
AT_ONCE = 25  # cases in the request: a page of the work list, each some hundredths of a second

PATIENCE = 10.0  # seconds after which a request leaves the rest to the clock, however few were done
LEASE = timedelta(minutes=2)
LIFE = timedelta(days=30)  # after which nobody asks any more what came of it


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
        values = {
            "region": region,
            "user": user,
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


def work(batch: Batch, *, now: datetime, most: int = AT_ONCE, patience: float = PATIENCE) -> int:
    """Do the next cases of a batch, unless somebody else is at it; return how many were looked at.

    After `patience` seconds it rests, with at least one done.
    """
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    mine = Batch.objects.filter(free, pk=batch.pk, finished_at__isnull=True)
    if not mine.update(lease_until=now + LEASE):
        return 0
    waiting = list(Item.objects.filter(batch=batch, state=State.WAITING).order_by("n")[:most])
    done, until = 0, monotonic() + patience
    for item in waiting:
        if done and monotonic() >= until:
            break
        if Batch.objects.filter(pk=batch.pk, cancelled_at__isnull=False).exists():
            break
        _note(item, _attempt(batch, item))
        done += 1
    _rest(batch)
    return done


def work_due(now: datetime) -> int:
    """Go on with the batches of all regions that are not finished; return how much was done."""
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    with scope.everywhere("batches of all regions are worked off"):
        Batch.objects.filter(finished_at__lt=now - LIFE).delete()
        found = list(Batch.objects.filter(free, finished_at__isnull=True).select_related("region", "user"))
    done = 0
    for batch in found:
        with scope.use(batch.region):
            done += work(batch, now=now)
    return done


def cancel(batch: Batch, *, now: datetime) -> None:
    """Let what has not been done yet be; what was done stays done."""
    unfinished = Batch.objects.filter(pk=batch.pk, finished_at__isnull=True)
    unfinished.filter(cancelled_at__isnull=True).update(cancelled_at=now)
    if not Batch.objects.filter(pk=batch.pk, lease_until__gt=now).exists():
        _rest(batch)


@dataclass(frozen=True, slots=True)
class _Came:
    """What came of one task."""

    state: str
    reference: str = ""
    reason: str = ""
    data: Any = None


def may(action: Action) -> bool:
    """Tell whether many cases can be done so at once."""
    return action.bulk and action.alike


def named(region: Region, user: User, action: str, module: str, pk: int) -> tuple[Task | None, str]:
    """Return the task, if it is the user's to know of, and why the command is not for it, if so.

    Whoever gives anybody's tasks away knows of every open one there; an officer knows of the cases in which
    they have a part.
    """
    task = many.task(region, pk)
    if task is None:
        return None, "no_such_task"
    if not _knows_of(task, user, action):
        return None, "wrong_role"
    if task.closed_at is not None:
        return task, "no_task"
    if module and task.case.version.key != module:
        return task, "other_service"
    return task, "" if _in_bulk(task, action) else "one_by_one"


def fitting(task: Task, user: User, action: str) -> str:
    """Return how the user does `action` with this task: where a head is none, they hand on as all do."""
    charge = regions.in_charge(task.region, user, task.office_id, task.case.version.key)
    return "task:delegate" if action == "task:reassign" and not charge else action


def _knows_of(task: Task, user: User, action: str) -> bool:
    if action in BY_HEADS and regions.in_charge(task.region, user, task.office_id, task.case.version.key):
        return True
    return cases.case_for_officer(task.region, user, task.case.reference) is not None


def _in_bulk(task: Task, key: str) -> bool:
    """Tell whether the case's own version lets the action be done on many cases; asked without one, yes."""
    action = modules.definition(task.case.version).workflow.action(key)
    return action is None or may(action)


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
    Item.objects.filter(pk=item.pk, state=State.WAITING).update(
        state=came.state,
        reference=came.reference,
        reason=came.reason,
        data=came.data or {},
        done_at=timezone.now(),
    )


def _rest(batch: Batch) -> None:
    """Give the batch free; finish it when nothing waits any more, or nothing shall."""
    now = timezone.now()
    waiting = Item.objects.filter(batch=batch, state=State.WAITING)
    if Batch.objects.filter(pk=batch.pk, cancelled_at__isnull=False).exists():
        waiting.update(state=State.CANCELLED)
    over = {} if waiting.exists() else {"finished_at": now, "comment": ""}
    Batch.objects.filter(pk=batch.pk).update(lease_until=None, **over)
    batch.refresh_from_db()
