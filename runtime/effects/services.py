"""The only writer of the outbox: put in, lease, run, record, park, try again.

A row is run by whoever holds its lease. A process that dies keeps the lease until it runs out; then
the row is run again. So an effect runs at least once, and handlers are safe to repeat.

Order: a row waits while an earlier one (of a smaller id) of the same case and lane is unfinished and
its time has come. One that is parked is finished in this sense, so that it holds the others up for as
long as it is tried and no longer; one that is wanted later holds up nobody until then.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic, sleep
from typing import Any

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from runtime.effects import registry, selectors, standing, trouble, wake
from runtime.effects.contract import Hopeless, Later, Needless
from runtime.effects.models import EffectRun
from runtime.outside.calling import Undelivered
from runtime.regions import scope
from runtime.regions.models import Region, User

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=50)  # with the sweep after it, another takes over within a minute of a death
WAITS = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=15),
    timedelta(hours=2),
)
TRIES = len(WAITS) + 1
NOTING = 20.0  # seconds in which a busy database is asked again to note what was done; well within the lease
PATIENCE = timedelta(days=2)  # how long a row waits for a connection that is left alone
REMEMBERED = ("version", "message", "language", "role", "via")
UNFINISHED = (EffectRun.State.NEW, EffectRun.State.LEASED)
State = EffectRun.State
AWAITED = Q(type="outcome") | Q(payload__has_key="waits")
"""What a case cannot go on without."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One effect to be put in; it runs once under the name `dedupe`, in order within `lane`."""

    type: str
    payload: Mapping[str, Any]
    dedupe: str
    due_at: datetime | None = None
    lane: str = ""


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
    lane: str = "",
) -> EffectRun:
    """Write one effect into the caller's transaction."""
    wanted = [Wanted(type, payload, dedupe, due_at, lane)]
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
            lane=one.lane,
            ready_at=one.due_at or now,
            due_at=one.due_at or now,
            created_at=now,
        )
        for one in wanted
    )
    ids = [row.pk for row in rows]
    transaction.on_commit(lambda: wake.hint(ids), robust=True)
    return rows


def is_known(region: Region, dedupe: str) -> bool:
    """Tell whether an effect of that name was ever written."""
    found: bool = EffectRun.objects.filter(region=region, dedupe=dedupe).exists()
    return found


def event_of(region: Region, dedupe: str) -> int:
    """Return the number of the event that wanted the effect of that name, 0 when nothing wants it."""
    found = EffectRun.objects.filter(region=region, dedupe=dedupe).values_list("event_n", flat=True)
    return found.first() or 0


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
                    _set(row, **_parked("stopped while running", "stopped"))
                    continue
                if _set(row, state=State.LEASED, lease_until=now + LEASE, attempts=F("attempts") + 1):
                    row.refresh_from_db()
                    return row


def run(row: EffectRun, *, now: datetime) -> bool:
    """Perform a leased row inside its region and record the result; return whether it is done."""
    with scope.use(row.region):
        try:
            if status := standing.elsewhere(row):
                raise Needless(f"the case was in {status}")
            handler = registry.handler(row.type)
            if handler is None:
                raise Hopeless(f"no handler for effects of type {row.type!r}")
            handler.run(row, now=now)
        except Needless as note:
            dropped = {"state": State.DROPPED, "done_at": now, "payload": _remembered(row)}
            _set(row, **dropped, lease_until=None, last_error=str(note), reason=note.reason)
        except Later as later:
            attempts = row.attempts - 1
            _set(
                row, state=State.NEW, lease_until=None, due_at=later.until, attempts=attempts, reason="quiet"
            )
        except Exception as error:
            _failed(row, error, now)
        else:
            done = {"state": State.DONE, "done_at": now, "payload": row.payload}
            if _note(row, lease_until=None, last_error="", reason="", **done):
                _hint_next(row, now)
                return True
            return False
        _hint_next(row, now)
        return False


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
        state=State.NEW, attempts=0, ready_at=now, due_at=now, lease_until=None
    )
    transaction.on_commit(lambda: wake.hint(chosen), robust=True)
    return changed


def settle(*, region: Region, ids: Iterable[int], by: User, now: datetime) -> int:
    """Note that somebody has seen to parked rows otherwise; return how many. What they held is forgotten.

    What a case waits for stays parked: it would wait for ever.
    """
    parked = EffectRun.objects.filter(region=region, pk__in=list(ids), state=State.FAILED)
    changed: int = parked.exclude(AWAITED).update(state=State.DONE, settled_by=by, done_at=now, payload={})
    return changed


def forget(*, region: Region, case_id: int, keep: int, now: datetime) -> int:
    """Forget what the effects of a case hold, but for the row `keep`; what still waited is dropped.

    How the case ended is still told to the one that waits for it: it says nothing about a person.
    """
    rows = EffectRun.objects.filter(region=region, case_id=case_id).exclude(pk=keep).exclude(type="outcome")
    rows.filter(state__in=(State.DONE, State.DROPPED)).update(payload={})
    dropped: int = rows.exclude(state__in=(State.DONE, State.DROPPED)).update(
        state=State.DROPPED, lease_until=None, done_at=now, payload={}, last_error="the case was anonymised"
    )
    return dropped


def _remembered(row: EffectRun) -> dict[str, Any]:
    """Return what is kept of a notice that was not sent: which, to whom in what role."""
    return {key: row.payload[key] for key in REMEMBERED if key in row.payload}


def _waiting(now: datetime) -> QuerySet[EffectRun]:
    earlier = EffectRun.objects.filter(
        case_id=OuterRef("case_id"),
        lane=OuterRef("lane"),
        pk__lt=OuterRef("pk"),
        state__in=UNFINISHED,
        ready_at__lte=now,
    )
    found: QuerySet[EffectRun] = EffectRun.objects.filter(
        Q(state=State.NEW, due_at__lte=now) | Q(state=State.LEASED, lease_until__lt=now)
    ).filter(selectors.OPEN, Q(lane="") | ~Exists(earlier))
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


def _note(row: EffectRun, **values: Any) -> bool:
    """Change `row`, which has run, however busy the database is for a while: unnoted it would run again."""
    ends = monotonic() + NOTING
    while True:
        try:
            return _set(row, **values)
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block or monotonic() > ends:
                raise
            connection.close_if_unusable_or_obsolete()
            sleep(0.2)


def _failed(row: EffectRun, error: Exception, now: datetime) -> None:
    told, reason = trouble.told(error), trouble.reason_of(error, row.type)
    logger.warning("effect %s failed, try %d of %d: %s", row.pk, row.attempts, TRIES, told)
    wait = WAITS[min(row.attempts, len(WAITS)) - 1] * random.uniform(0.9, 1.1)  # noqa: S311 - jitter
    again, attempts = not isinstance(error, Hopeless) and row.attempts < TRIES, row.attempts
    if isinstance(error, Undelivered):
        again = again and error.again
        if not error.asked:  # nothing was sent, so it does not count; but nobody waits for ever
            again, attempts, wait = row.ready_at + PATIENCE > now, attempts - 1, error.wait or wait
        elif error.wait:
            wait = max(wait, error.wait)
    if not again:
        payload = {name: value for name, value in row.payload.items() if name != "found"}
        found = error.found if isinstance(error, Hopeless) else None
        _set(row, **_parked(told, reason), payload=payload | ({"found": found} if found else {}))
        return
    _set(
        row,
        state=State.NEW,
        lease_until=None,
        due_at=now + wait,
        attempts=attempts,
        last_error=told,
        reason=reason,
    )


def _parked(told: str, reason: str) -> dict[str, Any]:
    return {"state": State.FAILED, "lease_until": None, "last_error": told, "reason": reason}


def _hint_next(row: EffectRun, now: datetime) -> None:
    """Tell whoever works the outbox off about the row that may have waited for this one."""
    if row.lane:
        same = EffectRun.objects.filter(case_id=row.case_id, lane=row.lane, pk__gt=row.pk)
        following = same.filter(state=State.NEW, due_at__lte=now).order_by("pk").values_list("pk", flat=True)
        if ids := list(following[:1]):
            wake.hint(ids)
