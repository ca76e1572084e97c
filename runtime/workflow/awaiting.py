"""What a case in memory waits for that other cases end, and what their end does to it. Pure.

Nothing is known here of the other service: each of its ends may come, at any time. Of stored cases the rows
tell which case opened which; their end comes to the engine as an action of the system like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from runtime.workflow import engine
from runtime.workflow.values import SYSTEM, ActionRefused, Awaited, Command, Decision, Snapshot
from schemas.definition import EffectRule, Module, Outcome


def asked(decision: Decision) -> frozenset[Awaited]:
    """Return what is waited for because of `decision`."""
    action = decision.action if decision.from_status else ""
    effects = enumerate(decision.effects)
    return frozenset((action, at) for at, rule in effects if rule.type == "case" and rule.outcomes)


def rule(module: Module, awaited: Awaited) -> EffectRule:
    """Return the effect that opened what is waited for."""
    key, at = awaited
    action = module.workflow.action(key)
    return (action.effects if action else module.workflow.filed)[at]


def end(
    module: Module, snapshot: Snapshot, awaited: Awaited, outcome: Outcome, *, now: datetime
) -> Decision | ActionRefused | None:
    """Return what it does that the other case ends so; None when the document foresees nothing."""
    key = rule(module, awaited).outcomes.get(outcome)
    return engine.decide(module, snapshot, Command(key), SYSTEM, now=now) if key else None


def without(module: Module, snapshot: Snapshot, awaited: Awaited) -> Iterator[Snapshot]:
    """Yield the case when one of what it waits for is over: an action that stays may have asked for more."""
    yield replace(snapshot, awaits=snapshot.awaits - {awaited})
    action = module.workflow.action(awaited[0])
    if action is not None and not action.to:
        yield snapshot


def may_be_dropped(module: Module, snapshot: Snapshot, awaited: Awaited) -> bool:
    """Tell whether the application may not have been filed, since the case stands elsewhere by now."""
    while_ = rule(module, awaited).while_
    return bool(while_) and snapshot.status not in while_
