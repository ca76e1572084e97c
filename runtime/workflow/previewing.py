"""What a decision would lead to, tried in memory before anybody takes it. Pure; nothing is asked for."""

from __future__ import annotations

from datetime import datetime

from runtime.workflow import memory, openings
from runtime.workflow.values import Actor, Decision, OpenTask, Settled, Snapshot
from schemas.definition import Module, TaskOutcome


def decision(
    module: Module,
    snapshot: Snapshot,
    task: OpenTask,
    outcome: TaskOutcome,
    *,
    now: datetime,
    actor: Actor,
) -> tuple[Snapshot, tuple[Decision, ...]]:
    """Return the case once `task` is decided so and the system rests again, and what the system did."""
    answers = {**snapshot.answers, **snapshot.officer_answers}
    decided = Decision(
        action=task.key,
        from_status=snapshot.status,
        to_status=snapshot.status,
        answers=snapshot.answers,
        officer_answers=snapshot.officer_answers,
        opened=openings.next_ones(module, snapshot, answers, task.id, today=now.date()),
        closed=(task,),
        role=task.role,
        settled=Settled(task, outcome),
    )
    places = memory.Places()
    after = memory.applied(snapshot, decided, places=places, actor=actor.id)
    return memory.carried_on(module, after, now=now, places=places)
