"""Decide what a command does to a case, and say which commands are open to an actor.

Order of the checks (the first that fails is the answer): the action exists, the caller saw the
present revision, the status has the action, the actor may act, what must be given is given and
valid, the guard is certainly true. A refusal changes nothing.

One decision is one event. What follows from it by itself, a completed vote or an action that waits
only for its condition, is the next decision of the same transaction: `following`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from runtime.workflow import (
    commenting,
    consenting,
    deciding,
    demands,
    editing,
    handing,
    openings,
    rights,
    tally,
)
from runtime.workflow.values import (
    ActionRefused,
    Actor,
    Available,
    Choice,
    Command,
    CorrectionAsked,
    Decision,
    Snapshot,
)
from schemas import expressions
from schemas.definition import Action, Change, Duration, Module, Status
from schemas.walk import Walk

FILED = rights.FILED
MOST_HOPS = 32


def begin(module: Module, answers: Mapping[str, Any], *, today: date) -> Decision:
    """Decide how a case starts that was filed with `answers` (already judged and complete)."""
    start = module.workflow.status(module.workflow.start)
    return Decision(
        action=FILED,
        from_status="",
        to_status=start.key,
        answers=dict(answers),
        officer_answers={},
        changed=tuple(answers),
        opened=openings.on_entry(module, start, answers, today=today),
        effects=module.workflow.filed,
        outcome=start.outcome,
    )


def decide(
    module: Module, snapshot: Snapshot, command: Command, actor: Actor, *, now: datetime
) -> Decision | ActionRefused:
    """Return what `command` does to the case, or why it may not. `now` is in the region's zone."""
    if command.action in handing.VERBS:
        return handing.decide(module, snapshot, command, actor)
    if command.action in commenting.VERBS:
        return commenting.decide(module, snapshot, command, actor)
    if command.action == consenting.WITHDRAW:
        return consenting.decide(module, snapshot, command, actor, today=now.date())
    if command.action == editing.EDIT:
        return editing.decide(module, snapshot, command, actor, today=now.date())
    if command.outcome:
        return deciding.decide(module, snapshot, command, actor, today=now.date())
    action = module.workflow.action(command.action)
    if action is None:
        return ActionRefused("unknown_action", {"action": command.action})
    if command.seen_revision is not None and not snapshot.shows(command.seen_revision):
        return ActionRefused("stale", {"seen": command.seen_revision, "revision": snapshot.revision})
    refused = _out_of_place(module, snapshot, action) or rights.not_allowed(module, snapshot, action, actor)
    if refused is not None:
        return refused
    given = demands.given(module, snapshot, action, command, today=now.date())
    if isinstance(given, ActionRefused):
        return given
    refused = _guarded(module, action, {**given.answers, **given.officer_answers}, now.date())
    if refused is not None:
        return refused
    return _decision(module, snapshot, action, command, given, now.date())


def following(module: Module, snapshot: Snapshot, *, now: datetime) -> Decision | None:
    """Return what the system does next without waiting for anybody, None when it rests.

    The first rule of the status whose tally holds decides; then the first of its actions that wait for
    nothing but their condition. Rules and actions are tried in the order of the document.
    """
    status, today = module.workflow.status(snapshot.status), now.date()
    answers = {**snapshot.answers, **snapshot.officer_answers}
    for action in (*_completing(module, status, snapshot, answers, today), *_automatic(module, status)):
        if _guarded(module, action, answers, today) is None:
            given = demands.Given(snapshot.answers, snapshot.officer_answers)
            return _decision(module, snapshot, action, Command(action.key), given, today)
    return None


def available(module: Module, snapshot: Snapshot, actor: Actor, *, now: datetime) -> tuple[Available, ...]:
    """Return the actions the actor may see in this status, refused ones with their reason.

    Actions of other roles are left out; those of an officer on his own case, or on that of whom he
    stands in for, those that somebody else has taken on and those that another person must do are shown
    as refused. A guard that only waits for questions of the action's own page is not a refusal: those
    answers come with the command.
    """
    found = []
    for action in module.workflow.actions_from(snapshot.status):
        barred = rights.not_allowed(module, snapshot, action, actor)
        if barred is not None:
            if barred.reason in deciding.SHOWN:
                found.append(Available(action, barred))
            continue
        refused = _guarded(module, action, {**snapshot.answers, **snapshot.officer_answers}, now.date())
        page = module.page(action.ask.page) if action.ask.page else None
        coming = {question.key for question in page.fields} if page else set()
        if action.ask.answers:
            coming |= set(snapshot.corrections)
        if action.when is not None and coming & expressions.names(action.when):
            refused = None
        found.append(Available(action, refused))
    return tuple(found)


def choices(module: Module, snapshot: Snapshot, actor: Actor) -> tuple[Choice, ...]:
    """Return how the actor may decide each open task of their posts, refused ones with their reason."""
    return tuple(deciding.choices(module, snapshot, actor))


def _out_of_place(module: Module, snapshot: Snapshot, action: Action) -> ActionRefused | None:
    if snapshot.status in action.from_:
        return None
    if module.workflow.status(snapshot.status).kind == "final":
        return ActionRefused("final", {"status": snapshot.status})
    return ActionRefused("wrong_status", {"status": snapshot.status, "from": action.from_})


def _guarded(module: Module, action: Action, answers: Mapping[str, Any], today: date) -> ActionRefused | None:
    if action.when is None:
        return None
    value = expressions.evaluate(action.when, answers, today=today, tables=module.tables)
    if value is True:
        return None
    if value is expressions.UNKNOWN:
        missing = sorted(expressions.names(action.when) - set(answers))
        return ActionRefused("guard_unknown", {"fields": tuple(missing)})
    return ActionRefused("guard", {"action": action.key})


def _completing(
    module: Module, status: Status, snapshot: Snapshot, answers: Mapping[str, Any], today: date
) -> tuple[Action, ...]:
    """Return the action of the first rule of completion that holds, if any does."""
    if not status.complete:
        return ()
    later = openings.to_come(module, snapshot, answers, today=today)
    for rule in status.complete:
        if not tally.holds(rule, tally.count(status, rule, snapshot, later)):
            continue
        if rule.when is None or expressions.holds(rule.when, answers, today=today, tables=module.tables):
            action = module.workflow.action(rule.do)
            assert action is not None, "the parser lets no rule name an action that is not there"
            return (action,)
    return ()


def _automatic(module: Module, status: Status) -> tuple[Action, ...]:
    return () if status.kind == "final" else module.workflow.automatic(status.key)


def _decision(
    module: Module, snapshot: Snapshot, action: Action, command: Command, given: demands.Given, today: date
) -> Decision:
    target = module.workflow.status(action.target(snapshot.status))
    moved = target.key != snapshot.status
    comment = command.comment.strip()
    officer = _set(module, action.changes, given, today)
    chosen = (action.ask.person, command.person) if action.ask.person and command.person else None
    known = {**given.answers, **officer}
    return Decision(
        action=action.key,
        from_status=snapshot.status,
        to_status=target.key,
        answers=given.answers,
        officer_answers=officer,
        changed=given.changed,
        opened=openings.on_entry(module, target, known, today=today, chosen=chosen) if moved else (),
        closed=snapshot.tasks if moved else (),
        correction=CorrectionAsked(given.corrections, comment) if given.corrections else None,
        answered=action.ask.answers,
        changes=tuple(change for change in action.changes if change.type == "number"),
        effects=action.effects,
        outcome=target.outcome if moved else None,
        role=action.who.role,
        comment=comment,
        extend=_extended(action.changes),
        escalate=not moved and any(change.type == "escalate" for change in action.changes),
        attachments=command.attachments,
    )


def _set(module: Module, changes: tuple[Change, ...], given: demands.Given, today: date) -> dict[str, Any]:
    """Return the officers' answers with what the changes set; what is unknown is left as it was."""
    officer = dict(given.officer_answers)
    walk = Walk(today, module.tables)
    for change in changes:
        if change.type != "set" or change.value is None:
            continue
        field = module.field(change.field)
        assert field is not None, "the parser lets no action set a question that is not there"
        value = walk.settled(field, change.value, {**given.answers, **officer})
        if value is not None:
            officer[field.key] = value
    return officer


def _extended(changes: tuple[Change, ...]) -> tuple[Duration, ...]:
    return tuple(change.by for change in changes if change.by is not None)
