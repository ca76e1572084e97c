"""Which tasks open when a case arrives in a status, or when a task that comes first is decided. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from runtime.workflow.values import Opening, Snapshot
from schemas import expressions
from schemas.definition import Module, Status, TaskRule

Answers = Mapping[str, Any]


def on_entry(
    module: Module,
    status: Status,
    answers: Answers,
    *,
    today: date,
    chosen: tuple[str, int] | None = None,
    closed: Iterable[str] = (),
) -> tuple[Opening, ...]:
    """Return the tasks that open in `status`, those that wait for others left out.

    `chosen` is the task for which the officer chose a person; `closed` are the tasks that are over
    already. A task whose condition is not met never opens and holds nobody up.
    """
    over = set(closed)
    seats = possible(module, status, answers, today=today)
    waits = {rule.key for rule in status.tasks if _waits(status, rule, seats, over)}
    return tuple(
        Opening(rule, seat, office, chosen[1] if chosen and chosen[0] == rule.key else None)
        for rule in status.tasks
        if rule.key not in waits and rule.key not in over
        for office, seat in seats[rule.key]
    )


def possible(
    module: Module, status: Status, answers: Answers, *, today: date
) -> dict[str, list[tuple[str, int]]]:
    """Return the office and seat of each task that opens in `status` sooner or later, by its rule."""
    return {
        rule.key: _seats(module, rule, answers) if _wanted(module, rule, answers, today) else []
        for rule in status.tasks
    }


def next_ones(
    module: Module, snapshot: Snapshot, answers: Answers, settled: int, *, today: date
) -> tuple[Opening, ...]:
    """Return the tasks that open because the task with the id `settled` is decided."""
    status = module.workflow.status(snapshot.status)
    still = {task.key for task in snapshot.tasks if task.id != settled}
    known = {task.key for task in snapshot.tasks} | {task.key for task in snapshot.decided}
    coming = on_entry(module, status, answers, today=today, closed=known - still)
    return tuple(one for one in coming if one.rule.key not in known)


def to_come(module: Module, snapshot: Snapshot, answers: Answers, *, today: date) -> dict[str, int]:
    """Return how many tasks of each rule have yet to open in the present status."""
    status = module.workflow.status(snapshot.status)
    known = {task.key for task in snapshot.tasks} | {task.key for task in snapshot.decided}
    return {
        rule.key: len(_seats(module, rule, answers))
        for rule in status.tasks
        if rule.key not in known and rule.after and _wanted(module, rule, answers, today)
    }


def _wanted(module: Module, rule: TaskRule, answers: Answers, today: date) -> bool:
    return rule.when is None or expressions.holds(rule.when, answers, today=today, tables=module.tables)


def _waits(
    status: Status, rule: TaskRule, possible: Mapping[str, list[tuple[str, int]]], over: set[str]
) -> bool:
    """Tell whether a task that really opens must be decided before this one, itself or one before it."""
    before = [first for first in status.tasks if first.key in rule.after and first.key not in over]
    return any(possible[first.key] or _waits(status, first, possible, over) for first in before)


def _seats(module: Module, rule: TaskRule, answers: Answers) -> list[tuple[str, int]]:
    offices = list(_offices(module, rule, answers)) if rule.where.kind == "each" else [""]
    return [(office, seat) for office in offices for seat in range(1, rule.seats + 1)]


def _offices(module: Module, rule: TaskRule, answers: Answers) -> Iterator[str]:
    """Yield the offices named in the rows of the answer, each once, in their order."""
    field = module.field(rule.where.field)
    assert field is not None, "the parser lets no task name rows that are not there"
    key = next(inner.key for inner in field.fields if inner.type == "office")
    named = [row.get(key) for row in answers.get(field.key) or [] if isinstance(row, Mapping)]
    yield from dict.fromkeys(office for office in named if office)
