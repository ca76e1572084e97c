"""Who may take an action or decide a task: by post, by seat, never twice, never for oneself. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from runtime.workflow import standing
from runtime.workflow.values import ActionRefused, Actor, OpenTask, Snapshot
from schemas.definition import Action, Module, TaskRule


def not_allowed(module: Module, snapshot: Snapshot, action: Action, actor: Actor) -> ActionRefused | None:
    """Return why the actor may not take `action` in the present status, if so."""
    who = action.who
    if who.kind != "role":
        return None if actor.kind == who.kind else ActionRefused("wrong_role", {"role": who.kind})
    if actor.kind != "person":
        return ActionRefused("wrong_role", {"role": who.role})
    if module.workflow.status(snapshot.status).kind == "final":
        return _reopening(snapshot, action, actor)
    tasks = tuple(task for task in snapshot.tasks if task.role == who.role)
    held = standing.posts(actor, who.role, tasks)
    if not held:
        return ActionRefused("wrong_role", {"role": who.role})
    if barred := standing.barred(actor, held, snapshot.applicant_id):
        return ActionRefused(barred, {"role": who.role})
    mine = [task for task in tasks if (task.role, task.office_id) in held]
    if all(task.held_by not in (None, actor.id) for task in mine):
        return ActionRefused("claimed", {"by": mine[0].held_by})
    return separated(module, snapshot, action.key, actor)


def seat(snapshot: Snapshot, rule: TaskRule, actor: Actor) -> OpenTask | ActionRefused:
    """Return the open task of `rule` that the actor may decide: one given to them before a free one."""
    tasks = tuple(task for task in snapshot.tasks if task.key == rule.key)
    if not tasks:
        return ActionRefused("no_task", {"task": rule.key})
    held = standing.posts(actor, rule.role, tasks) if actor.kind == "person" else frozenset()
    if not held:
        return ActionRefused("wrong_role", {"role": rule.role})
    if barred := standing.barred(actor, held, snapshot.applicant_id):
        return ActionRefused(barred, {"role": rule.role})
    if any(task.key == rule.key and task.by == actor.id for task in snapshot.decided):
        return ActionRefused("voted", {"task": rule.key})
    mine = [task for task in tasks if (task.role, task.office_id) in held]
    free = [task for task in mine if task.held_by in (None, actor.id)]
    if not free:
        return ActionRefused("claimed", {"by": mine[0].held_by})
    return min(free, key=lambda task: (task.held_by is None, task.seat, task.id))


def separated(module: Module, snapshot: Snapshot, key: str, actor: Actor) -> ActionRefused | None:
    """Return why one person may not do `key` as well, when they did what is to be done by another."""
    others = {other for keys in module.workflow.separate if key in keys for other in keys} - {key}
    done = sorted(other for other in others if actor.id in snapshot.acted.get(other, ()))
    return ActionRefused("separated", {"done": tuple(done)}) if done else None


def watched(module: Module) -> frozenset[str]:
    """Return the keys of actions and tasks of which the case must remember who did them."""
    return frozenset(_flat(module.workflow.separate))


def _reopening(snapshot: Snapshot, action: Action, actor: Actor) -> ActionRefused | None:
    """A case that has ended holds no tasks: the role counts in the case's office and those above it."""
    held = frozenset(
        (role, office)
        for role, office in actor.posts
        if role == action.who.role and office in snapshot.offices
    )
    if not held:
        return ActionRefused("wrong_role", {"role": action.who.role})
    barred = standing.barred(actor, held, snapshot.applicant_id)
    return ActionRefused(barred, {"role": action.who.role}) if barred else None


def _flat(sets: Iterable[Iterable[str]]) -> Iterable[str]:
    return (key for keys in sets for key in keys)
