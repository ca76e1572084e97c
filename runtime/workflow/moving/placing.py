"""The tasks of a case in another version: kept by key, closed without their rule, opened when it is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from runtime.workflow import openings
from runtime.workflow.moving.values import Change, Loss
from runtime.workflow.values import DecidedTask, Opening, OpenTask, Snapshot
from schemas.definition import Module, Status, TaskOutcome, TaskRule


@dataclass(frozen=True, slots=True)
class Placed:
    """The case with its tasks as the newer version has them; `opened` have no office and no row yet."""

    snapshot: Snapshot
    closed: tuple[OpenTask, ...]
    opened: tuple[Opening, ...]
    changes: tuple[Change, ...]
    losses: tuple[Loss, ...]


def placed(old: Module, new: Module, before: Snapshot, after: Snapshot, *, today: date) -> Placed:
    """Return the tasks of the case in its status of the newer version; `after` still has those of `before`.

    What the older version would open or close by now is not the move's doing.
    """
    was, status = old.workflow.status(before.status), new.workflow.status(after.status)
    decided, losses = [], []
    for one in before.decided:
        outcome = _outcome(status, one)
        if outcome is None and _outcome(was, one) is not None:
            losses.append(Loss("vote", one.key, one.outcome))
        decided.append(replace(one, counts=outcome.counts if outcome else "abstain"))
    kept = tuple(task for task in before.tasks if _fits(was, status, task))
    closed = tuple(task for task in before.tasks if task not in kept)
    reseated = tuple(rule for rule in status.tasks if _reseated(was, rule))
    kept, surplus = _seated(reseated, kept, tuple(decided))
    standing = replace(after, tasks=kept, decided=tuple(decided))
    due = {one.rule.key for one in openings.next_ones(old, before, _known(before), 0, today=today)}
    opened = [
        *(one for one in _next(new, standing, today) if one.rule.key not in due),
        *(one for rule in reseated for one in _more_seats(rule, standing)),
    ]
    snapshot = replace(standing, tasks=(*kept, *_as_tasks(opened)))
    gone = (*closed, *surplus)
    told = [Change("task_closed", key, count) for key, count in Counter(task.key for task in gone).items()]
    told += [Change("task_opened", k, None, n) for k, n in Counter(o.rule.key for o in opened).items()]
    return Placed(snapshot, gone, tuple(opened), tuple(told), tuple(dict.fromkeys(losses)))


def _outcome(status: Status, one: DecidedTask) -> TaskOutcome | None:
    rule = status.task(one.key)
    return rule.outcome(one.outcome) if rule else None


def _fits(was: Status, status: Status, task: OpenTask) -> bool:
    """Tell whether an open task goes on: its rule is there and asks the same role."""
    rule = status.task(task.key)
    return (rule is not None and rule.role == task.role) or (rule is None and was.task(task.key) is None)


def _reseated(was: Status, rule: TaskRule) -> bool:
    """Tell whether a rule asks another number of people in one office than it did."""
    before = was.task(rule.key)
    return (
        before is not None
        and before.seats != rule.seats
        and "each" not in (rule.where.kind, before.where.kind)
    )


def _seated(
    rules: tuple[TaskRule, ...], kept: tuple[OpenTask, ...], decided: tuple[DecidedTask, ...]
) -> tuple[tuple[OpenTask, ...], tuple[OpenTask, ...]]:
    """Return the tasks that have a seat, and those too many: free ones first, the last seat before others."""
    surplus: list[OpenTask] = []
    for rule in rules:
        mine = [task for task in kept if task.key == rule.key]
        over = len(mine) + sum(one.key == rule.key for one in decided) - rule.seats
        last = sorted(mine, key=lambda task: (task.held_by is None, task.seat), reverse=True)
        surplus += last[: max(0, over)]
    return tuple(task for task in kept if task not in surplus), tuple(surplus)


def _next(new: Module, standing: Snapshot, today: date) -> tuple[Opening, ...]:
    return openings.next_ones(new, standing, _known(standing), 0, today=today)


def _more_seats(rule: TaskRule, standing: Snapshot) -> Iterator[Opening]:
    """Yield the seats that a rule has more than before, where it has begun."""
    seats = [task.seat for task in standing.tasks if task.key == rule.key]
    there = len(seats) + sum(one.key == rule.key for one in standing.decided)
    top = max([there, *seats])
    yield from (Opening(rule, top + more) for more in range(1, rule.seats - there + 1) if there)


def _known(snapshot: Snapshot) -> dict[str, Any]:
    return {**snapshot.answers, **snapshot.officer_answers}


def _as_tasks(opened: Iterable[Opening]) -> tuple[OpenTask, ...]:
    return tuple(
        OpenTask(-number, one.rule.key, one.rule.role, 0, one.seat) for number, one in enumerate(opened, 1)
    )
