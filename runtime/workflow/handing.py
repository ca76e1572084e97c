"""Taking an open task on, giving it back, handing it to a colleague. Pure; `engine.decide` leads here.

The case stays where it is: only whose hands a task lies in changes. What an officer has in hand, whoever
stands in for them has in hand as well.
"""

from __future__ import annotations

from typing import Literal, get_args

from runtime.regions.capacity import ADMINISTRATOR
from runtime.workflow import rights, standing
from runtime.workflow.values import ActionRefused, Actor, Command, Decision, Handed, OpenTask, Snapshot
from schemas.definition import Module

Verb = Literal["task:claim", "task:release", "task:delegate", "task:reassign"]
VERBS: tuple[str, ...] = get_args(Verb)
"""No keys of a document have a colon, so no action of a service can be taken for one of these."""
HANDED_ON = frozenset({"task:delegate", "task:reassign"})
"""Those that name somebody."""


def decide(module: Module, snapshot: Snapshot, command: Command, actor: Actor) -> Decision | ActionRefused:
    """Return what it does that `command` hands the task with the id `command.task`, or why it may not."""
    if command.seen_revision is not None and command.seen_revision < snapshot.entered:
        return ActionRefused("stale", {"seen": command.seen_revision, "revision": snapshot.revision})
    task = next((one for one in snapshot.tasks if one.id == command.task), None)
    if task is None:
        return ActionRefused("no_task", {"task": command.task})
    to = _to(module, snapshot, command, actor, task)
    if isinstance(to, ActionRefused):
        return to
    return Decision(
        action=command.action,
        from_status=snapshot.status,
        to_status=snapshot.status,
        answers=snapshot.answers,
        officer_answers=snapshot.officer_answers,
        role=ADMINISTRATOR if command.action == "task:reassign" else task.role,
        comment=command.comment.strip(),
        handed=Handed(task, to),
    )


def _to(
    module: Module, snapshot: Snapshot, command: Command, actor: Actor, task: OpenTask
) -> int | ActionRefused | None:
    """Return who gets the task, nobody when it becomes free, or why not."""
    post = (task.role, task.office_id)
    if actor.kind == "system":
        return None if command.action == "task:release" else ActionRefused("wrong_role", {"role": task.role})
    if command.action == "task:reassign":
        if not any(role == ADMINISTRATOR for role, _office in actor.posts):
            return ActionRefused("wrong_role", {"role": ADMINISTRATOR})
        return _fit(module, snapshot, command.person, task)
    held = standing.posts(actor, task.role, (task,))
    if not held:
        return ActionRefused("wrong_role", {"role": task.role})
    if barred := standing.barred(actor, held, snapshot.applicant_id):
        return ActionRefused(barred, {"role": task.role})
    if command.action == "task:release":
        return None if task.held_by in rights.persons(actor, post) else ActionRefused("not_yours")
    taking = command.action == "task:claim"
    if not rights.in_hand(task, actor):
        return ActionRefused("claimed" if taking else "not_yours", {"by": task.held_by})
    return _fit(module, snapshot, actor.id if taking else command.person, task)


def _fit(module: Module, snapshot: Snapshot, person: int | None, task: OpenTask) -> int | ActionRefused:
    """Return the person when they can have the task: named, without a part in it, and free to do it."""
    if person is None:
        return ActionRefused("person_missing")
    decided = any(one.key == task.key and one.by == person for one in snapshot.decided)
    beside = any(
        one.key == task.key and one.id != task.id and one.held_by == person for one in snapshot.tasks
    )
    apart = rights.apart(module, module.workflow.status(snapshot.status), task.key, task.role)
    barred = person == snapshot.applicant_id or any(person in snapshot.acted.get(key, ()) for key in apart)
    return ActionRefused("person_unfit", {"task": task.key}) if decided or beside or barred else person
