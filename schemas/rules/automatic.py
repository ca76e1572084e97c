"""What the system does by itself: it leads on, and of two possible actions it is clear which is taken."""

from __future__ import annotations

from collections.abc import Iterator

from schemas import expressions
from schemas.definition import Action, Module, Status
from schemas.expressions import Budget
from schemas.problems import Problem, error, warning
from schemas.rules import places

FEW = 8


def problems(module: Module) -> Iterator[Problem]:
    pointers = {action.key: pointer for pointer, action in places.actions(module)}
    yield from _staying(module, pointers)
    budget = Budget(100_000)
    told: set[tuple[str, str]] = set()
    for status in module.workflow.statuses:
        for actions in _striking(module, status):
            yield from _collisions(module, actions[:FEW], pointers, budget, told)


def _staying(module: Module, pointers: dict[str, str]) -> Iterator[Problem]:
    """What is taken as soon as it may be, and leaves everything as it is, is taken again for ever."""
    found: dict[str, str] = {}
    for status in module.workflow.statuses:
        done = {rule.do for rule in status.complete}
        at_once = [a for a in module.workflow.actions_from(status.key) if a.key in done]
        for action in (*module.workflow.automatic(status.key), *at_once):
            if action.target(status.key) == status.key:
                found.setdefault(action.key, status.key)
    for key, status_key in found.items():
        yield error("automatic.stays", pointers[key], name=key, status=status_key)


def _striking(module: Module, status: Status) -> Iterator[tuple[Action, ...]]:
    """Yield the actions of the system in a status that happen at one moment, in their order."""
    yield module.workflow.automatic(status.key)
    clocks: dict[object, list[Action]] = {}
    for action in module.workflow.actions_from(status.key):
        if action.who.kind == "system" and action.by_clock and action.target(status.key) != status.key:
            clocks.setdefault((action.of, action.after, action.before), []).append(action)
    yield from (tuple(actions) for actions in clocks.values())


def _collisions(
    module: Module,
    actions: tuple[Action, ...],
    pointers: dict[str, str],
    budget: Budget,
    told: set[tuple[str, str]],
) -> Iterator[Problem]:
    """An action after an unconditional one is never taken; two conditions should not both hold."""
    for at, later in enumerate(actions):
        for earlier in actions[:at]:
            pair = (earlier.key, later.key)
            if pair in told or later.when is None:
                continue
            told.add(pair)
            names = {"name": later.key, "found": earlier.key}
            if earlier.when is None:
                yield error("automatic.shadowed", pointers[later.key], **names)
                break
            joint = expressions.both(earlier.when, later.when)
            verdict = expressions.judge(joint, budget, module.tables) if joint else None
            if verdict and verdict.proven and verdict.can_be_true:
                yield warning("automatic.both", pointers[later.key], **names)
