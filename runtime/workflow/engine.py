"""Decide what a command does to a case, and say which commands are open to an actor.

Order of the checks (the first that fails is the answer): the action exists, the caller saw the
present revision, the status has the action, the actor may act, what must be given is given and
valid, the guard is certainly true. A refusal changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from runtime.workflow import demands, standing
from runtime.workflow.values import (
    ActionRefused,
    Actor,
    Available,
    Command,
    CorrectionAsked,
    Decision,
    Snapshot,
    Timer,
)
from schemas import expressions
from schemas.definition import Action, Module, Status

FILED = "filed"


def begin(module: Module, answers: Mapping[str, Any]) -> Decision:
    """Decide how a case starts that was filed with `answers` (already judged and complete)."""
    start = module.workflow.status(module.workflow.start)
    return Decision(
        action=FILED,
        from_status="",
        to_status=start.key,
        answers=dict(answers),
        officer_answers={},
        changed=tuple(answers),
        opened=start.tasks,
        effects=module.workflow.filed,
        due=start.due,
        timers=_timers(module, start),
        outcome=start.outcome,
    )


def decide(
    module: Module, snapshot: Snapshot, command: Command, actor: Actor, *, now: datetime
) -> Decision | ActionRefused:
    """Return what `command` does to the case, or why it may not. `now` is in the region's zone."""
    action = module.workflow.action(command.action)
    if action is None:
        return ActionRefused("unknown_action", {"action": command.action})
    if command.seen_revision is not None and command.seen_revision != snapshot.revision:
        return ActionRefused("stale", {"seen": command.seen_revision, "revision": snapshot.revision})
    refused = _out_of_place(module, snapshot, action) or _not_allowed(snapshot, action, actor)
    if refused is not None:
        return refused
    given = demands.given(module, snapshot, action, command, today=now.date())
    if isinstance(given, ActionRefused):
        return given
    refused = _guarded(action, {**given.answers, **given.officer_answers}, now.date())
    if refused is not None:
        return refused
    return _decision(module, snapshot, action, command, given)


def available(module: Module, snapshot: Snapshot, actor: Actor, *, now: datetime) -> tuple[Available, ...]:
    """Return the actions the actor may see in this status, refused ones with their reason.

    Actions of other roles are left out; those of an officer on his own case, or on that of whom he
    stands in for, are shown as refused.
    A guard that only waits for questions of the action's own page is not a refusal: those answers
    come with the command.
    """
    found = []
    for action in module.workflow.actions_from(snapshot.status):
        barred = _not_allowed(snapshot, action, actor)
        if barred is not None:
            if barred.reason in ("own_case", "principals_case"):
                found.append(Available(action, barred))
            continue
        refused = _guarded(action, {**snapshot.answers, **snapshot.officer_answers}, now.date())
        page = module.page(action.ask.page) if action.ask.page else None
        coming = {question.key for question in page.fields} if page else set()
        if action.ask.answers:
            coming |= set(snapshot.corrections)
        if action.when is not None and coming & expressions.names(action.when):
            refused = None
        found.append(Available(action, refused))
    return tuple(found)


def _out_of_place(module: Module, snapshot: Snapshot, action: Action) -> ActionRefused | None:
    if snapshot.status in action.from_:
        return None
    if module.workflow.status(snapshot.status).kind == "final":
        return ActionRefused("final", {"status": snapshot.status})
    return ActionRefused("wrong_status", {"status": snapshot.status, "from": action.from_})


def _not_allowed(snapshot: Snapshot, action: Action, actor: Actor) -> ActionRefused | None:
    who = action.who
    if who.kind != "role":
        return None if actor.kind == who.kind else ActionRefused("wrong_role", {"role": who.kind})
    if actor.kind != "person":
        return ActionRefused("wrong_role", {"role": who.role})
    held = standing.posts(actor, who.role, snapshot.tasks)
    if not held:
        return ActionRefused("wrong_role", {"role": who.role})
    barred = standing.barred(actor, held, snapshot.applicant_id)
    return ActionRefused(barred, {"role": who.role}) if barred else None


def _guarded(action: Action, answers: Mapping[str, Any], today: date) -> ActionRefused | None:
    if action.when is None or expressions.holds(action.when, answers, today=today):
        return None
    if expressions.evaluate(action.when, answers, today=today) is expressions.UNKNOWN:
        missing = sorted(expressions.names(action.when) - set(answers))
        return ActionRefused("guard_unknown", {"fields": tuple(missing)})
    return ActionRefused("guard", {"action": action.key})


def _decision(
    module: Module, snapshot: Snapshot, action: Action, command: Command, given: demands.Given
) -> Decision:
    target = module.workflow.status(action.target(snapshot.status))
    moved = target.key != snapshot.status
    comment = command.comment.strip()
    return Decision(
        action=action.key,
        from_status=snapshot.status,
        to_status=target.key,
        answers=given.answers,
        officer_answers=given.officer_answers,
        moved=moved,
        changed=given.changed,
        opened=target.tasks if moved else (),
        closed=snapshot.tasks if moved else (),
        correction=CorrectionAsked(given.corrections, comment) if given.corrections else None,
        answered=action.ask.answers,
        changes=action.changes,
        effects=action.effects,
        due=target.due if moved else None,
        timers=_timers(module, target) if moved else (),
        outcome=target.outcome if moved else None,
        role=action.who.role,
        comment=comment,
    )


def _timers(module: Module, status: Status) -> tuple[Timer, ...]:
    return tuple(
        Timer(action.key, action.after)
        for action in module.workflow.actions_from(status.key)
        if action.who.kind == "system" and action.after is not None
    )
