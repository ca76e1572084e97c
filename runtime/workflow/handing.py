"""Taking an open task on, giving it back, handing it to a colleague. Pure; `engine.decide` leads here.

The case stays where it is: only whose hands a task lies in changes. What an officer has in hand, whoever
stands in for them has in hand as well.
"""

from __future__ import annotations

from typing import Literal, get_args

from runtime.regions.capacity import ADMINISTRATOR
from runtime.workflow import standing
from runtime.workflow.values import ActionRefused, Actor, Command, Decision, Handed, OpenTask, Snapshot

Verb = Literal["task:claim", "task:release", "task:delegate", "task:reassign"]
VERBS: tuple[str, ...] = get_args(Verb)
"""No keys of a document have a colon, so no action of a service can be taken for one of these."""
HANDED_ON = frozenset({"task:delegate", "task:reassign"})
"""Those that name somebody."""


def decide(snapshot: Snapshot, command: Command, actor: Actor) -> Decision | ActionRefused:
    """Return what it does that `command` hands the task with the id `command.task`, or why it may not."""
    if command.seen_revision is not None and command.seen_revision < snapshot.entered:
        return ActionRefused("stale", {"seen": command.seen_revision, "revision": snapshot.revision})
    task = next((one for one in snapshot.tasks if one.id == command.task), None)
    if task is None:
        return ActionRefused("no_task", {"task": command.task})
    to = _to(snapshot, command, actor, task)
    if isinstance(to, ActionRefused):
        return to
    return Decision(
        action=command.action,
        from_status=snapshot.status,
        to_status=snapshot.status,
        answers=snapshot.answers,
        officer_answers=snapshot.officer_answers,
        moved=False,
        role=task.role,
        comment=command.comment.strip(),
        handed=Handed(task, to.person),
    )


def _to(snapshot: Snapshot, command: Command, actor: Actor, task: OpenTask) -> Command | ActionRefused:
    """Return the command with the person who gets the task, none when it becomes free, or why not."""
    post = (task.role, task.office_id)
    own = {actor.id, *standing.replaced(actor, post)}
    if command.action == "task:reassign":
        if not any(role == ADMINISTRATOR for role, _office in actor.posts):
            return ActionRefused("wrong_role", {"role": ADMINISTRATOR})
        return _chosen(snapshot, command, task)
    held = standing.posts(actor, task.role, (task,))
    if not held:
        return ActionRefused("wrong_role", {"role": task.role})
    if barred := standing.barred(actor, held, snapshot.applicant_id):
        return ActionRefused(barred, {"role": task.role})
    if command.action == "task:release":
        return _given(command, None) if task.held_by in own else ActionRefused("not_yours")
    if task.held_by not in (None, *own):
        taking = command.action == "task:claim"
        return ActionRefused("claimed" if taking else "not_yours", {"by": task.held_by})
    if command.action == "task:delegate":
        return _chosen(snapshot, command, task)
    return _chosen(snapshot, _given(command, actor.id), task)


def _chosen(snapshot: Snapshot, command: Command, task: OpenTask) -> Command | ActionRefused:
    """Return the command when its person can have the task: named, and without a part in it already."""
    if command.person is None:
        return ActionRefused("person_missing")
    decided = any(one.key == task.key and one.by == command.person for one in snapshot.decided)
    beside = any(
        one.key == task.key and one.id != task.id and one.held_by == command.person for one in snapshot.tasks
    )
    return ActionRefused("person_unfit", {"task": task.key}) if decided or beside else command


def _given(command: Command, person: int | None) -> Command:
    return Command(command.action, person=person, task=command.task)
