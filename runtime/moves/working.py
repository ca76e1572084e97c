"""The work of a move as a job, a part at a time: plan cases, move them, bring them back.

Each case is one transaction of its own. A process may die, or come back after it was thought dead: where a
batch stands is in its rows, a case is moved once under the batch's key, and what is not done is done later.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic, sleep

from django.db import transaction

from runtime.cases import moving, movingback
from runtime.cases import selectors as cases
from runtime.cases.moving import NotMoved, Wanted
from runtime.jobs import services as jobs
from runtime.jobs.kinds import Part
from runtime.jobs.models import Job
from runtime.moves import described
from runtime.moves.models import KIND, Batch, Item

logger = logging.getLogger(__name__)
State, Stage = Batch.State, Item.State
AT_ONCE = 50  # cases between two looks at whether the batch was stopped
WAIT = 0.5  # seconds between two looks at a batch that another process works on


class Moving:
    """The kind of job that works on a batch; it makes no file."""

    key = KIND
    keep = timedelta(0)
    gives_up = False

    def count(self, job: Job, now: datetime) -> int:
        """Return how many cases there are to look at."""
        batch = _batch(job)
        if batch.state == State.PLANNING:
            return batch.total
        return int(Item.objects.filter(batch=batch, state__in=(Stage.CHOSEN, Stage.RETURNING)).count())

    def part(self, job: Job, now: datetime) -> Part:
        """Do a part of what the batch waits for; nothing when it was stopped or is another job's by now."""
        batch = _batch(job)
        work = _PARTS.get(batch.state) if batch.job_id == job.pk else None
        count = work(batch, now) if work else 0
        return Part(count, {}, over=not count)

    def finish(self, job: Job, alive: Callable[[], None], now: datetime) -> None:
        """Hand nothing over: what came of it stands in the plan."""


def finish(batch: Batch, now: datetime) -> None:
    """Do all that `batch` waits for, in the calling process, or wait until another has done it."""
    began = monotonic()
    batch.refresh_from_db()
    while batch.job is not None and batch.state in _PARTS:
        if not jobs.work(batch.job, now=now + timedelta(seconds=monotonic() - began), hand_over=True):
            sleep(WAIT)
        batch.refresh_from_db()


def _batch(job: Job) -> Batch:
    found: Batch = Batch.objects.select_related("region", "old", "new", "by").get(pk=job.arguments["batch"])
    return found


def _plan(batch: Batch, now: datetime) -> int:
    rules = described.rules_from_json(batch.rules)
    found = list(cases.open_on(batch.old).filter(pk__gt=batch.looked).order_by("pk")[:AT_ONCE])
    rows = []
    for case in found:
        plan = moving.plan(case, batch.new, rules, now)
        rows.append(
            Item(
                region=batch.region,
                batch=batch,
                case=case,
                revision=case.revision,
                kind=plan.kind,
                plan=described.described(plan),
            )
        )
    last = found[-1].pk if found else batch.looked
    with transaction.atomic():
        same = Batch.objects.filter(pk=batch.pk, state=State.PLANNING, looked=batch.looked)
        if not same.update(looked=last, state=State.PLANNING if found else State.PLANNED):
            return 0  # another process was first, or it was stopped
        Item.objects.bulk_create(rows)
    return len(found)


def _move(batch: Batch, now: datetime) -> int:
    return _each(batch, Stage.CHOSEN, lambda item: _move_one(batch, item, now))


def _undo(batch: Batch, now: datetime) -> int:
    return _each(batch, Stage.RETURNING, lambda item: _undo_one(batch, item, now))


_PARTS: dict[str, Callable[[Batch, datetime], int]] = {
    State.PLANNING: _plan,
    State.MOVING: _move,
    State.UNDOING: _undo,
}


def _each(batch: Batch, stage: str, work: Callable[[Item], None]) -> int:
    found = list(
        Item.objects.filter(batch=batch, state=stage).select_related("case").order_by("pk")[:AT_ONCE]
    )
    for item in found:
        work(item)
    if not found:
        Batch.objects.filter(pk=batch.pk, state=batch.state).update(state=State.PLANNED)
    return len(found)


def _move_one(batch: Batch, item: Item, now: datetime) -> None:
    rules = described.rules_from_json(batch.rules)
    wanted = Wanted(
        region=batch.region,
        reference=item.case.reference,
        old=batch.old,
        new=batch.new,
        batch=batch.key,
        now=now,
        rules=rules,
        seen_revision=item.revision,
        by=batch.by,
    )
    try:
        moving.move(wanted)
    except NotMoved as refused:
        _left(item, refused)
    except Exception:  # one case that fails holds up no other
        logger.exception("%s could not be moved", item.case.reference)
        _set(item, state=Stage.PLANNED, why="failed")
    else:
        _set(item, state=Stage.MOVED)


def _undo_one(batch: Batch, item: Item, now: datetime) -> None:
    try:
        movingback.undo(
            region=batch.region, reference=item.case.reference, batch=batch.key, now=now, by=batch.by
        )
    except NotMoved as refused:
        told = {"event": refused.event.n} if refused.event else {}
        _set(item, state=Stage.MOVED, why=refused.why, told=told)
    except Exception:  # one case that fails holds up no other
        logger.exception("%s could not be moved back", item.case.reference)
        _set(item, state=Stage.MOVED, why="failed")
    else:
        _set(item, state=Stage.RETURNED)


def _left(item: Item, refused: NotMoved) -> None:
    """Note why a case was left alone, and what would become of it as it stands now."""
    told = {"event": refused.event.n} if refused.event else {}
    values: dict[str, object] = {"state": Stage.PLANNED, "why": refused.why, "told": told}
    if refused.plan is not None:
        values |= {
            "kind": refused.plan.kind,
            "plan": described.described(refused.plan),
            "revision": refused.revision,
        }
    _set(item, **values)


def _set(item: Item, **values: object) -> None:
    """Change an item if it is still as it was read."""
    Item.objects.filter(pk=item.pk, state=item.state).update(**values)
