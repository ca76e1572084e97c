"""The only writer of the outbox: put in, lease, run, record, park, try again.

A row is run by whoever holds its lease. A process that dies keeps the lease until it runs out; then
the row is run again. So an effect runs at least once, and handlers are safe to repeat.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from runtime.effects import registry, wake
from runtime.effects.contract import Hopeless
from runtime.effects.models import EffectRun
from runtime.regions import scope
from runtime.regions.models import Region

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
WAITS = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=15),
    timedelta(hours=2),
)
TRIES = len(WAITS) + 1
State = EffectRun.State


@dataclass(frozen=True, slots=True)
class Wanted:
    """One effect to be put in; it runs once under the name `dedupe`."""

    type: str
    payload: Mapping[str, Any]
    dedupe: str
    due_at: datetime | None = None


def enqueue(
    *,
    region: Region,
    case_id: int,
    event_n: int,
    type: str,  # noqa: A002 - the word of the document
    payload: Mapping[str, Any],
    dedupe: str,
    now: datetime,
    due_at: datetime | None = None,
) -> EffectRun:
    """Write one effect into the caller's transaction."""
    wanted = [Wanted(type, payload, dedupe, due_at)]
    return enqueue_all(region=region, case_id=case_id, event_n=event_n, wanted=wanted, now=now)[0]


def enqueue_all(
    *, region: Region, case_id: int, event_n: int, wanted: Iterable[Wanted], now: datetime
) -> list[EffectRun]:
    """Write effects into the caller's transaction; whoever works them off is told after commit."""
    rows: list[EffectRun] = EffectRun.objects.bulk_create(
        EffectRun(
            region=region,
            case_id=case_id,
            event_n=event_n,
            type=one.type,
            payload=dict(one.payload),
            dedupe=one.dedupe,
            due_at=one.due_at or now,
            created_at=now,
        )
        for one in wanted
    )
    ids = [row.pk for row in rows]
    transaction.on_commit(lambda: wake.hint(ids), robust=True)
    return rows


def claim(*, now: datetime, ids: Sequence[int] | None = None) -> EffectRun | None:
    """Lease the row that has waited longest (of `ids`, if given), or return None.

    The update compares what was read, so of two claimants one wins on any database; PostgreSQL
    additionally steps over rows that another transaction is just claiming.
    """
    with scope.everywhere("the outbox is worked off for all regions"):
        while True:
            with transaction.atomic():
                row = _oldest(now, ids)
                if row is None:
                    return None
                if row.attempts >= TRIES:
                    _set(row, state=State.FAILED, lease_until=None, last_error="stopped while running")
                    continue
                if _set(row, state=State.LEASED, lease_until=now + LEASE, attempts=F("attempts") + 1):
                    row.refresh_from_db()
                    return row


def run(row: EffectRun, *, now: datetime) -> bool:
    """Perform a leased row inside its region and record the result; return whether it is done."""
    with scope.use(row.region):
        handler = registry.handler(row.type)
        try:
            if handler is None:
                raise Hopeless(f"no handler for effects of type {row.type!r}")
            handler.run(row, now=now)
        except Exception as error:
            _failed(row, error, now)
            return False
        _set(row, state=State.DONE, lease_until=None, done_at=now, payload=row.payload, last_error="")
        return True


def run_due(*, now: datetime, ids: Sequence[int] | None = None, limit: int = 100) -> int:
    """Claim and run up to `limit` due rows, one lease at a time; return how many were tried."""
    for count in range(limit):
        row = claim(now=now, ids=ids)
        if row is None:
            return count
        run(row, now=now)
    return limit


def due_ids(*, now: datetime, limit: int = 500) -> list[int]:
    """Return the ids of the rows that are due, those that have waited longest first."""
    with scope.everywhere("the sweep hints at rows of all regions"):
        return list(_waiting(now).values_list("pk", flat=True)[:limit])


def retry(*, region: Region, ids: Iterable[int], now: datetime) -> int:
    """Put parked rows of `region` back to the start; return how many."""
    parked = EffectRun.objects.filter(region=region, pk__in=list(ids), state=State.FAILED)
    chosen = list(parked.values_list("pk", flat=True))
    changed: int = parked.filter(pk__in=chosen).update(
        state=State.NEW, attempts=0, due_at=now, lease_until=None
    )
    transaction.on_commit(lambda: wake.hint(chosen), robust=True)
    return changed


def _waiting(now: datetime) -> QuerySet[EffectRun]:
    found: QuerySet[EffectRun] = EffectRun.objects.filter(
        Q(state=State.NEW, due_at__lte=now) | Q(state=State.LEASED, lease_until__lt=now)
    )
    return found.select_related("region").order_by("due_at", "pk")


def _oldest(now: datetime, ids: Sequence[int] | None) -> EffectRun | None:
    found = _waiting(now)
    if ids is not None:
        found = found.filter(pk__in=ids)
    if connection.features.has_select_for_update_skip_locked:
        found = found.select_for_update(skip_locked=True, of=("self",))
    return found.first()


def _set(row: EffectRun, **values: Any) -> bool:
    """Change `row` if it is still as it was read; return whether it was."""
    same = EffectRun.objects.filter(pk=row.pk, state=row.state, lease_until=row.lease_until)
    return bool(same.update(**values))


def _failed(row: EffectRun, error: Exception, now: datetime) -> None:
    told = f"{type(error).__name__}: {error}".replace("\n", " ")[:500]
    logger.warning("effect %s failed, try %d of %d: %s", row.pk, row.attempts, TRIES, told)
    if row.attempts >= TRIES or isinstance(error, Hopeless):
        _set(row, state=State.FAILED, lease_until=None, last_error=told)
        return
    wait = WAITS[row.attempts - 1] * random.uniform(0.9, 1.1)  # noqa: S311 - jitter
    _set(row, state=State.NEW, lease_until=None, due_at=now + wait, last_error=told)
