"""A case in memory: what a decision makes of a snapshot, without any row.

The same arrows run over it as over stored cases, for the preview, the stories and the proof. Offices have
no numbers here: `Places` gives each office key one, and everybody who holds a role holds it everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from runtime.workflow import awaiting, engine
from runtime.workflow.values import DecidedTask, Decision, OpenTask, Snapshot
from schemas.definition import Module


@dataclass
class Places:
    """Numbers for the offices that tasks are opened in; the region itself is 0."""

    known: dict[str, int] = field(default_factory=dict)

    def number(self, key: str) -> int:
        return self.known.setdefault(key, len(self.known) + 1) if key else 0


def applied(snapshot: Snapshot, decision: Decision, *, places: Places, actor: int | None = None) -> Snapshot:
    """Return the case as it stands after `decision`, taken by the person `actor` if by any."""
    revision = snapshot.revision + 1
    closed = {task.id for task in decision.closed}
    still = tuple(task for task in snapshot.tasks if task.id not in closed)
    opened = tuple(
        OpenTask(
            revision * 100 + at,
            opening.rule.key,
            opening.rule.role,
            places.number(opening.office),
            opening.seat,
            opening.person,
        )
        for at, opening in enumerate(decision.opened)
    )
    acted = dict(snapshot.acted)
    if actor is not None:
        acted[decision.action] = acted.get(decision.action, frozenset()) | {actor}
    return replace(
        snapshot,
        status=decision.to_status,
        revision=revision,
        answers=decision.answers,
        officer_answers=decision.officer_answers,
        tasks=still + opened,
        corrections=_corrections(snapshot, decision),
        entered=revision if decision.moved else snapshot.entered,
        decided=() if decision.moved else snapshot.decided + tuple(_decided(decision, actor)),
        acted=acted,
        offices=frozenset({0}),
        unchanged_since=0,
        awaits=snapshot.awaits | awaiting.asked(decision),
        spent=frozenset() if decision.moved else snapshot.spent,
    )


def carried_on(
    module: Module, snapshot: Snapshot, *, now: datetime, places: Places
) -> tuple[Snapshot, tuple[Decision, ...]]:
    """Return the case once the system rests, and what it did; at most `engine.MOST_HOPS` decisions."""
    done: list[Decision] = []
    while len(done) < engine.MOST_HOPS:
        decision = engine.following(module, snapshot, now=now)
        if decision is None:
            break
        snapshot = applied(snapshot, decision, places=places)
        done.append(decision)
    return snapshot, tuple(done)


def _decided(decision: Decision, actor: int | None) -> Iterator[DecidedTask]:
    if decision.settled is not None:
        task, outcome = decision.settled.task, decision.settled.outcome
        yield DecidedTask(task.key, task.office_id, outcome.key, outcome.counts, actor)


def _corrections(snapshot: Snapshot, decision: Decision) -> tuple[str, ...]:
    if decision.correction is not None:
        return decision.correction.fields
    return () if decision.answered or decision.moved else snapshot.corrections
