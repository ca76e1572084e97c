"""The only writer of moves: plan one, choose cases, take them back, stop. The work itself is `working`'s."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from runtime.cases import selectors as cases
from runtime.jobs import services as jobs
from runtime.modules import selectors as modules
from runtime.modules.models import ModuleVersion
from runtime.moves import described
from runtime.moves.models import KIND, Batch, Item
from runtime.regions import selectors as regions
from runtime.regions.models import Region, User
from runtime.workflow.moving import offering
from runtime.workflow.moving.offering import Fault
from runtime.workflow.moving.values import NO_RULES, SAFE, Rules

State, Stage = Batch.State, Item.State
BUSY = (State.PLANNING, State.MOVING, State.UNDOING)


class NotAllowed(Exception):
    """Only administrators of the region move cases."""


class Busy(Exception):
    """The batch is being worked on; wait, or stop it first."""


class Unsound(Exception):
    """Rules that do not fit the two versions; `faults` say which keys."""

    def __init__(self, faults: Iterable[tuple[Fault, str]]) -> None:
        self.faults = tuple(faults)
        super().__init__(", ".join(f"{fault} {key}" for fault, key in self.faults))


def begin(
    *,
    region: Region,
    old: ModuleVersion,
    new: ModuleVersion,
    now: datetime,
    rules: Rules = NO_RULES,
    by: User | None = None,
) -> Batch:
    """Begin the plan of a move of all open cases on `old` to `new`; nothing of any case changes.

    Raises `NotAllowed` and `Unsound`.
    """
    _may(region, by)
    assert old.key == new.key, "a case stays with its service"
    assert old.pk != new.pk, "a case that moves changes its version"
    assert old.region_id == new.region_id == region.pk, "a version belongs to its region"
    faults = offering.faults(modules.definition(old), modules.definition(new), rules)
    if faults:
        raise Unsound(faults)
    with transaction.atomic():
        made: Batch = Batch.objects.create(
            region=region,
            old=old,
            new=new,
            rules=described.rules_as_json(rules),
            total=cases.open_on(old).count(),
            by=by,
            made_at=now,
        )
        _have_worked(made, by)
    return made


def choose(
    batch: Batch,
    *,
    by: User | None = None,
    items: Collection[int] | None = None,
    limit: int | None = None,
    losses: Iterable[str] = (),
) -> int:
    """Have cases moved: those chosen by the ids of their items, or all that are safe, `limit` at most.

    `losses` are names of answers whose loss is agreed to for these cases. Cases that need an answer, cannot
    be moved, or lose what was not agreed to are left alone, with the reason. Returns how many were chosen.
    """
    _may(batch.region, by)
    if batch.state in BUSY:
        raise Busy
    found = Item.objects.filter(batch=batch, state=Stage.PLANNED)
    found = found.filter(kind__in=SAFE) if items is None else found.filter(pk__in=items)
    agreed = {**batch.rules, "losses": sorted(losses)}
    chosen = list(found.order_by("pk").values_list("pk", flat=True)[:limit])
    return _start(batch, State.MOVING, chosen, Stage.PLANNED, Stage.CHOSEN, rules=agreed, moved_by=by)


def undo(batch: Batch, *, by: User | None = None, items: Collection[int] | None = None) -> int:
    """Have moved cases brought back, those chosen by the ids of their items or all; return how many."""
    _may(batch.region, by)
    if batch.state in BUSY:
        raise Busy
    found = Item.objects.filter(batch=batch, state=Stage.MOVED)
    if items is not None:
        found = found.filter(pk__in=items)
    chosen = list(found.values_list("pk", flat=True))
    return _start(batch, State.UNDOING, chosen, Stage.MOVED, Stage.RETURNING, moved_by=by)


def cancel(batch: Batch, *, by: User | None = None) -> None:
    """Stop what is under way; cases that were moved by now stay moved, the others stay where they are."""
    _may(batch.region, by)
    mine = Item.objects.filter(batch=batch)
    stopped = State.CANCELLED if batch.state == State.PLANNING else State.PLANNED
    if Batch.objects.filter(pk=batch.pk, state=batch.state).filter(state__in=BUSY).update(state=stopped):
        mine.filter(state=Stage.CHOSEN).update(state=Stage.PLANNED)
        mine.filter(state=Stage.RETURNING).update(state=Stage.MOVED)
        if batch.job is not None:
            jobs.cancel(batch.job, now=timezone.now())
    batch.refresh_from_db()


def _may(region: Region, by: User | None) -> None:
    """Let administrators pass, and the operator at the command line, who is nobody."""
    if by is not None and not regions.administers(region, by):
        raise NotAllowed


def _start(
    batch: Batch,
    state: str,
    chosen: list[int],
    was: str,
    will: str,
    *,
    moved_by: User | None,
    **values: object,
) -> int:
    """Mark the chosen items and let the work begin, unless another request was first."""
    if not chosen:
        return 0
    same: QuerySet[Batch] = Batch.objects.filter(pk=batch.pk, state=batch.state)
    with transaction.atomic():
        if not same.update(state=state, by=moved_by, **values):
            raise Busy
        count: int = Item.objects.filter(pk__in=chosen, state=was).update(state=will, why="", told={})
        _have_worked(batch, moved_by)
    batch.refresh_from_db()
    return count


def _have_worked(batch: Batch, by: User | None) -> None:
    """Write down the job that does what the batch now waits for, whoever worked on it before."""
    batch.job = jobs.begin(
        region=batch.region,
        by=by,
        key=uuid.uuid4(),
        kind=KIND,
        arguments={"batch": batch.pk},
        now=timezone.now(),
        most=None,
    )
    Batch.objects.filter(pk=batch.pk).update(job=batch.job)
