"""The clocks of a case in another version: counted anew by its rules, from the same events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from runtime.workflow import clocks
from runtime.workflow.clocks import Since, Step, Strike
from runtime.workflow.moving.values import Change, Hindrance, Rules, Standing
from schemas.definition import Module, Status

Moment = datetime | None
Steps = tuple[tuple[Step, datetime], ...]
"""What of a history matters to clocks, in its order, and when it was."""


@dataclass(frozen=True, slots=True)
class Timed:
    """The moments of the case after the move, which of them are others than before, and what bars it."""

    due: Moment
    deadline: Moment
    timer: Moment
    task_due: Mapping[int, Moment]
    changes: tuple[Change, ...]
    hindrances: tuple[Hindrance, ...]


def timed(
    old: Module,
    new: Module,
    standing: Standing,
    rules: Rules,
    status: str,
    kept: Iterable[int],
    now: datetime,
) -> Timed:
    """Return the clocks of the case in `status` of the newer version; `kept` are the open tasks that stay."""
    before, since = standing.since, _since(old, new, standing, rules)
    timer, hasty = _timer(old, new, standing, since, status, now)
    changes = []
    if since.due != before.due:
        changes.append(Change("due", "", before.due, since.due))
    if since.deadline != before.deadline:
        changes.append(Change("deadline", "", before.deadline, since.deadline))
    changes += [Change("clock", one.action) for one in hasty if not _leads_away(new, one, status)]
    task_due = dict(_task_due(old, new, standing, since, status, kept))
    known = {task.id: task for task in standing.snapshot.tasks}
    changes += [
        Change("task_due", known[pk].key, standing.tasks[pk].due_at, due)
        for pk, due in task_due.items()
        if (standing.tasks[pk].due_at, due) != (before.due, since.due)
    ]
    bars = [Hindrance("would_strike", one.action) for one in hasty if _leads_away(new, one, status)]
    return Timed(since.due, since.deadline, timer, task_due, tuple(changes), tuple(bars))


def with_past(module: Module, past: Iterable[Status]) -> Module:
    """Return the module with statuses that cases went through before it, for counting their time."""
    known = {status.key for status in module.workflow.statuses}
    more = tuple({one.key: one for one in past if one.key not in known}.values())
    if not more:
        return module
    workflow = replace(module.workflow, statuses=(*module.workflow.statuses, *more))
    return replace(module, workflow=workflow)


def translated(steps: Steps, statuses: Mapping[str, str]) -> Steps:
    """Return steps with the statuses under their new keys."""
    return tuple(
        (
            replace(
                step,
                from_status=statuses.get(step.from_status, step.from_status),
                to_status=statuses.get(step.to_status, step.to_status),
            ),
            at,
        )
        for step, at in steps
    )


def _since(old: Module, new: Module, standing: Standing, rules: Rules) -> Since:
    """Return what clocks count from; what both versions count in the same way stays as it is."""
    older = with_past(old, standing.past)
    newer = with_past(new, older.workflow.statuses)
    was = clocks.retold(older, standing.steps, standing.filed_at, standing.works)
    steps = translated(standing.steps, rules.statuses)
    now = clocks.retold(newer, steps, standing.filed_at, standing.works)
    return Since(
        standing.since.entered,
        standing.since.due if now.due == was.due else now.due,
        standing.since.deadline if now.deadline == was.deadline else now.deadline,
    )


def _timer(
    old: Module, new: Module, standing: Standing, since: Since, status: str, now: datetime
) -> tuple[Moment, list[Strike]]:
    """Return when the clock looks next, and what it would do at once that it would not have done before."""
    was = _strikes(old, standing, standing.since, standing.snapshot.status)
    will = _strikes(new, standing, since, status)
    known = {(one.action, one.at) for one in was}
    entered = standing.snapshot.entered
    unfired = [one for one in will if clocks.name(one, entered) not in standing.fired]
    hasty = [one for one in unfired if one.at <= now and (one.action, one.at) not in known]
    ahead = [one.at for one in unfired if one.at > now or one in hasty or _waits(one, standing.timer)]
    if [(one.action, one.at) for one in will] == [(one.action, one.at) for one in was]:
        return standing.timer, []
    return min(ahead, default=None), hasty


def _strikes(module: Module, standing: Standing, since: Since, status: str) -> list[Strike]:
    return clocks.strikes(clocks.timers(module.workflow.status(status), module), since, standing.works)


def _waits(strike: Strike, timer: Moment) -> bool:
    """Tell whether the clock had not yet come to a moment that is over; what it gave up stays so."""
    return timer is not None and strike.at >= timer


def _leads_away(new: Module, strike: Strike, status: str) -> bool:
    action = new.workflow.action(strike.action)
    return action is not None and action.target(status) != status


def _task_due(
    old: Module, new: Module, standing: Standing, since: Since, status: str, kept: Iterable[int]
) -> Iterator[tuple[int, Moment]]:
    """Yield the open tasks that stay and become due at another time."""
    was, will = old.workflow.status(standing.snapshot.status), new.workflow.status(status)
    tasks = {task.id: task for task in standing.snapshot.tasks}
    for pk in kept:
        before, after = was.task(tasks[pk].key), will.task(tasks[pk].key)
        limit, times = after.due if after else None, standing.tasks[pk]
        if limit is not None and (before is None or before.due != limit):
            due: Moment = times.works.after(times.opened_at, limit).astimezone(UTC)
        elif limit is None and (
            before is None or before.due is not None or times.due_at == standing.since.due
        ):
            due = since.due
        else:
            continue
        if due != times.due_at:
            yield pk, due
