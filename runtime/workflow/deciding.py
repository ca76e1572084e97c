"""The decision of a task by one person: a vote, a recommendation. Pure; `engine.decide` leads here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from runtime.workflow import demands, openings, rights
from runtime.workflow.values import (
    ActionRefused,
    Actor,
    Choice,
    Command,
    Decision,
    Reason,
    Settled,
    Snapshot,
)
from schemas.definition import Action, Ask, Module, TaskOutcome, TaskRule, Text, Who

SHOWN: frozenset[Reason] = frozenset({"own_case", "principals_case", "claimed", "separated"})
"""Reasons that an officer is shown beside a button of their own; others leave the button out."""


def decide(
    module: Module, snapshot: Snapshot, command: Command, actor: Actor, *, today: date
) -> Decision | ActionRefused:
    """Return what it does that the actor decides the task `command.action` with `command.outcome`.

    A colleague's vote in the meantime is no reason to look again; that the case left the status is, and
    that officers changed its answers.
    """
    if command.seen_revision is not None and command.seen_revision < max(snapshot.entered, snapshot.edited):
        return ActionRefused("stale", {"seen": command.seen_revision, "revision": snapshot.revision})
    rule = module.workflow.status(snapshot.status).task(command.action)
    if rule is None or not rule.outcomes:
        return ActionRefused("no_task", {"task": command.action})
    outcome = rule.outcome(command.outcome)
    if outcome is None:
        return ActionRefused("unknown_outcome", {"task": rule.key, "outcome": command.outcome})
    task = rights.seat(snapshot, rule, actor)
    if isinstance(task, ActionRefused):
        return task
    refused = rights.separated(module, snapshot, rule.key, actor)
    if refused is not None:
        return refused
    given = demands.page_of(module, snapshot, rule, outcome, command, today=today)
    if isinstance(given, ActionRefused):
        return given
    known = {**given.answers, **given.officer_answers}
    return Decision(
        action=rule.key,
        from_status=snapshot.status,
        to_status=snapshot.status,
        answers=given.answers,
        officer_answers=given.officer_answers,
        changed=given.changed,
        opened=openings.next_ones(module, snapshot, known, task.id, today=today),
        closed=(task,),
        role=rule.role,
        comment=command.comment.strip(),
        settled=Settled(task, outcome, given.own),
        attachments=command.attachments,
    )


def choices(module: Module, snapshot: Snapshot, actor: Actor) -> Iterator[Choice]:
    """Yield each way in which the actor may decide an open task, with what hinders it."""
    for rule in module.workflow.status(snapshot.status).tasks:
        if not rule.outcomes:
            continue
        task = rights.seat(snapshot, rule, actor)
        refused = task if isinstance(task, ActionRefused) else None
        if refused is not None and refused.reason not in SHOWN:
            continue
        refused = refused or rights.separated(module, snapshot, rule.key, actor)
        yield from (Choice(rule, outcome, refused) for outcome in rule.outcomes)


def title(rule: TaskRule, outcome: TaskOutcome, language: str | None = None) -> str:
    """Return the decision in words: the task, and how it was decided."""
    return f"{rule.title.say(language)}: {outcome.title.say(language)}"


def as_action(rule: TaskRule, outcome: TaskOutcome, status: str) -> Action:
    """Return the decision as an action that stays in its status: what it asks for and how it looks."""
    languages = dict(rule.title.values) | dict(outcome.title.values)
    words = Text(tuple((language, title(rule, outcome, language)) for language in languages))
    ask = Ask(comment=outcome.comment, page=outcome.page)
    return Action(rule.key, words, (status,), "", Who("role", rule.role), ask=ask, tone=outcome.tone)
