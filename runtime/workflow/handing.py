"""Taking an open task on, giving it back, handing it to a colleague. Pure; `engine.decide` leads here.

The case stays where it is: only whose hands a task lies in changes. What an officer has in hand, whoever
stands in for them has in hand as well. Who heads the office of a task or one above it, or administers
the region, gives it to whoever may have it and takes it back, whosever hands it lies in (ADR 0046).
"""

from __future__ import annotations

from typing import Literal, get_args

from runtime.regions.capacity import ADMINISTRATOR, Post
from runtime.workflow import rights, standing
from runtime.workflow.values import ActionRefused, Actor, Command, Decision, Handed, OpenTask, Snapshot
from schemas.definition import Module

Verb = Literal["task:claim", "task:release", "task:delegate", "task:reassign"]
VERBS: tuple[str, ...] = get_args(Verb)
"""No keys of a document have a colon, so no action of a service can be taken for one of these."""
HANDED_ON = frozenset({"task:delegate", "task:reassign"})
"""Those that name somebody."""
BY_HEADS = frozenset({"task:release", "task:reassign"})
"""Those that whoever is in charge does with tasks of others."""


def decide(module: Module, snapshot: Snapshot, command: Command, actor: Actor) -> Decision | ActionRefused:
    """Return what it does that `command` hands the task with the id `command.task`, or why it may not."""
    if command.seen_revision is not None and command.seen_revision < snapshot.entered:
        return ActionRefused("stale", {"seen": command.seen_revision, "revision": snapshot.revision})
    task = next((one for one in snapshot.tasks if one.id == command.task), None)
    if task is None:
        return ActionRefused("no_task", {"task": command.task})
    charge = _in_charge(command, actor, task, snapshot)
    if isinstance(charge, ActionRefused):
        return charge
    heads = frozenset(post for post in _leading(actor, task) if post[0] == charge)
    to = _to(module, snapshot, command, actor, task, charge)
    if isinstance(to, ActionRefused):
        return to
    return Decision(
        action=command.action,
        from_status=snapshot.status,
        to_status=snapshot.status,
        answers=snapshot.answers,
        officer_answers=snapshot.officer_answers,
        role=charge or task.role,
        comment=command.comment.strip(),
        handed=Handed(task, to, heads),
    )


def _in_charge(command: Command, actor: Actor, task: OpenTask, snapshot: Snapshot) -> str | ActionRefused:
    """Return the role in which the actor disposes of a task of others, "" where it is not that, or why not.

    A head disposes of no task of their own application, nor of that of whom they stand in for.
    """
    own = task.held_by in rights.persons(actor, (task.role, task.office_id))
    if command.action not in BY_HEADS or actor.kind != "person":
        return ""
    if command.action == "task:release" and own:
        return ""
    heads = _leading(actor, task)
    barred = standing.barred(actor, heads, snapshot.applicant_id) if heads else None
    if heads and not barred:
        return min(role for role, _office in standing.usable(actor, heads, snapshot.applicant_id))
    if any(role == ADMINISTRATOR for role, _office in actor.posts):
        return ADMINISTRATOR
    if barred:
        return ActionRefused(barred)
    reassigns = command.action == "task:reassign"
    return ActionRefused("wrong_role", {"role": ADMINISTRATOR}) if reassigns else ""


def _leading(actor: Actor, task: OpenTask) -> frozenset[Post]:
    """Return with which posts the actor leads the office of the task."""
    return frozenset(post for post, office in actor.leads if office == task.office_id)


def _to(
    module: Module, snapshot: Snapshot, command: Command, actor: Actor, task: OpenTask, charge: str
) -> int | ActionRefused | None:
    """Return who gets the task, nobody when it becomes free, or why not."""
    post = (task.role, task.office_id)
    if actor.kind == "system":
        return None if command.action == "task:release" else ActionRefused("wrong_role", {"role": task.role})
    if charge:
        if command.action == "task:reassign":
            return _fit(module, snapshot, command.person, task)
        return ActionRefused("in_no_hands") if task.held_by is None else None
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
