"""Who may take an action or decide a task: by post, by seat, never twice, never for oneself. Pure."""

from __future__ import annotations

from runtime.regions.capacity import Post
from runtime.workflow import standing
from runtime.workflow.values import ActionRefused, Actor, OpenTask, Snapshot
from schemas.definition import Action, Module, Status, TaskRule, Workflow

FILED = "filed"
"""Filing a case, as an event calls it. A clerk who files for a citizen counts as having done a step."""


def not_allowed(module: Module, snapshot: Snapshot, action: Action, actor: Actor) -> ActionRefused | None:
    """Return why the actor may not take `action` in the present status, if so."""
    who = action.who
    if who.kind != "role":
        return None if actor.kind == who.kind else ActionRefused("wrong_role", {"role": who.kind})
    if actor.kind != "person":
        return ActionRefused("wrong_role", {"role": who.role})
    if who.role in untasked(module.workflow, snapshot.status):
        return _without_task(module, snapshot, action, actor)
    tasks = tuple(task for task in snapshot.tasks if task.role == who.role)
    held = standing.posts(actor, who.role, tasks)
    if not held:
        return ActionRefused("wrong_role", {"role": who.role})
    if barred := standing.barred(actor, held, snapshot.applicant_id):
        return ActionRefused(barred, {"role": who.role})
    held = standing.usable(actor, held, snapshot.applicant_id)
    mine = [task for task in tasks if (task.role, task.office_id) in held]
    if not any(in_hand(task, actor) for task in mine):
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
    held = standing.usable(actor, held, snapshot.applicant_id)
    decided = (task for task in snapshot.decided if task.key == rule.key)
    voted = {person for task in decided for person in (task.by, task.instead_of) if person is not None}
    mine = [task for task in tasks if (task.role, task.office_id) in held]
    mine = [task for task in mine if not voted & persons(actor, (task.role, task.office_id))]
    if not mine:
        return ActionRefused("voted", {"task": rule.key})
    free = [task for task in mine if in_hand(task, actor)]
    if not free:
        return ActionRefused("claimed", {"by": mine[0].held_by})
    return min(free, key=lambda task: (task.held_by is None, task.seat, task.id))


def separated(module: Module, snapshot: Snapshot, key: str, actor: Actor) -> ActionRefused | None:
    """Return why one person may not do `key` as well, when they did what is to be done by another.

    What somebody did counts for their substitute, and what a substitute did for them.
    """
    others = _others(module, frozenset({key}))
    if not others:
        return None
    held = standing.acting(actor, _role(module, snapshot, key), snapshot.tasks, snapshot)
    standin = standing.for_whom(actor, held, snapshot.applicant_id)
    persons = {actor.id} | (standin.replaced if standin else frozenset())
    done = sorted(other for other in others if persons & snapshot.acted.get(other, frozenset()))
    return ActionRefused("separated", {"done": tuple(done)}) if done else None


def apart(module: Module, status: Status, key: str, role: str) -> frozenset[str]:
    """Return what whoever does the task `key` may not have done before: any of it bars from it."""
    rule = status.task(key)
    if rule and rule.outcomes:
        return _others(module, frozenset({key}))
    actions = module.workflow.actions_from(status.key)
    return _others(module, frozenset(action.key for action in actions if action.who.role == role))


def _others(module: Module, keys: frozenset[str]) -> frozenset[str]:
    found = frozenset(key for one in module.workflow.separate if keys & set(one) for key in one) - keys
    return found | {FILED} if found else found


def watched(module: Module) -> frozenset[str]:
    """Return the keys of actions and tasks of which the case must remember who did them."""
    return frozenset(key for keys in module.workflow.separate for key in keys)


def untasked(workflow: Workflow, status: str) -> frozenset[str]:
    """Return the roles that may act in a status which opens them no task: it has ended, or waits for others.

    Nothing is to be done there, so it stands on nobody's desk; the role counts in the case's office and
    those above it.
    """
    found = workflow.status(status)
    if found.kind == "work":
        return frozenset()
    asked = {task.role for task in found.tasks}
    return frozenset(a.who.role for a in workflow.actions_from(status) if a.who.kind == "role") - asked


def _without_task(module: Module, snapshot: Snapshot, action: Action, actor: Actor) -> ActionRefused | None:
    held = frozenset(
        (role, office)
        for role, office in actor.posts
        if role == action.who.role and office in snapshot.offices
    )
    if not held:
        return ActionRefused("wrong_role", {"role": action.who.role})
    if barred := standing.barred(actor, held, snapshot.applicant_id):
        return ActionRefused(barred, {"role": action.who.role})
    return separated(module, snapshot, action.key, actor)


def _role(module: Module, snapshot: Snapshot, key: str) -> str:
    """Return the role that takes the action or decides the task `key`."""
    rule = module.workflow.status(snapshot.status).task(key)
    action = module.workflow.action(key)
    return rule.role if rule else action.who.role if action else ""


def persons(actor: Actor, post: Post) -> frozenset[int | None]:
    """Return who acts when the actor uses the post: themselves and whom they stand in for."""
    return frozenset({actor.id}) | standing.replaced(actor, post)


def in_hand(task: OpenTask, actor: Actor) -> bool:
    """Tell whether the task is free, the actor's, or of whom the actor stands in for at this post."""
    return task.held_by is None or task.held_by in persons(actor, (task.role, task.office_id))
