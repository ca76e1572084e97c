"""A case as the plan of a move sees it, made from its rows. Reads only."""

from __future__ import annotations

from collections.abc import Sequence

from runtime.cases import origins, outgoing, snapshots, versions
from runtime.cases.models import Case, CaseEvent, Task
from runtime.cases.origins import Origin
from runtime.effects import selectors as effects
from runtime.regions import calendar
from runtime.workflow.clocks import Since
from runtime.workflow.moving.values import Standing, TaskTimes
from runtime.workflow.values import Snapshot
from schemas.definition import Module


def standing(
    case: Case, module: Module, events: Sequence[CaseEvent], snapshot: Snapshot | None = None
) -> Standing:
    """Return how `case` stands under `module`, the version it has; `events` are all of its history."""
    steps, past = versions.steps(case, events)
    open_ = Task.objects.filter(case=case, closed_at__isnull=True).select_related("office")
    return Standing(
        snapshot=snapshot or snapshots.of_case(case, module),
        since=Since(case.status_since, case.due_at, case.deadline_at),
        steps=steps,
        filed_at=case.submitted_at,
        filed=calendar.local(case.submitted_at, case.region).date(),
        works=calendar.of(case.region, case.office),
        timer=case.timer_at,
        fired=frozenset(event.key.removeprefix("system:") for event in events),
        tasks={
            task.pk: TaskTimes(task.opened_at, task.due_at, calendar.of(case.region, task.office))
            for task in open_
        },
        past=past,
        awaited=_awaited(case, events),
    )


def _awaited(case: Case, events: Sequence[CaseEvent]) -> frozenset[str]:
    """Return the actions to which the ends of the cases lead that `case` opened and still waits for."""
    asked = [
        Origin(case, child.parent_event, child.parent_effect)
        for child in Case.objects.filter(parent=case)
        if not any(event.key.startswith(f"system:case:{child.public_id.hex}:") for event in events)
    ]
    rows = effects.of_case(case.region, case.pk).filter(type="case").exclude(state__in=("done", "dropped"))
    asked += [Origin(case, row.event_n, outgoing.effect_of(row)) for row in rows]
    waiting = (origins.rule(origin) for origin in asked if origins.waits(origin))
    return frozenset(action for rule in waiting for action in rule.outcomes.values())
