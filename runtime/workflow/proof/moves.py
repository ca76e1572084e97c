"""What can happen to a case next: every action, every decision of a task, every clock, each tried."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import get_args

from runtime.workflow import awaiting, clocks, demands, engine
from runtime.workflow.example import FILE, GIVEN
from runtime.workflow.memory import applied
from runtime.workflow.proof.rehearsal import Rehearsal
from runtime.workflow.values import SYSTEM, ActionRefused, Actor, Awaited, Command, Decision, Snapshot
from schemas.definition import Action, Json, Outcome, TaskOutcome, TaskRule

APPLICANT = Actor(kind="applicant")
OFFICE = 0  # the region itself in memory
DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Move:
    """Something that was done: an action, or with `outcome` the decision of a task, and what was answered.

    With `awaited` a case that was opened by it ended with `outcome`; `key` is what followed, if anything.
    `hops` are the actions that the system took at once because of it. One that is `idle` tells that time
    passed: that of the clock `key` with nothing done, or without a key until another day.
    """

    key: str
    who: str
    outcome: str = ""
    answers: Mapping[str, Json] = field(default_factory=dict, hash=False)
    hops: tuple[str, ...] = ()
    awaited: Awaited | None = None
    idle: bool = False


@dataclass(frozen=True, slots=True)
class Tried:
    """A move, and the case after it or why it was refused."""

    move: Move
    after: Snapshot | ActionRefused


def moves(stage: Rehearsal, case: Snapshot, filings: tuple[dict[str, Json], ...]) -> Iterator[Tried]:
    """Try everything that may be done in the present status. `filings` are what can be corrected to."""
    workflow = stage.module.workflow
    status = workflow.status(case.status)
    for rule in status.tasks:
        if any(task.key == rule.key for task in case.tasks):
            for outcome in rule.outcomes:
                yield from _decided(stage, case, rule, outcome)
    for action in workflow.actions_from(case.status):
        if action.by_clock:
            yield from _struck(stage, case, action)
        elif action.who.kind != "system":
            yield from _taken(stage, case, action, filings)
    for awaited in sorted(case.awaits):
        yield from _ended(stage, case, awaited)


def _ended(stage: Rehearsal, case: Snapshot, awaited: Awaited) -> Iterator[Tried]:
    """Let the case that is waited for end in each way; ways that lead to the same are tried once."""
    rule = awaiting.rule(stage.module, awaited)
    ways: dict[str, Outcome] = {}
    for outcome in get_args(Outcome):
        ways.setdefault(rule.outcomes.get(outcome, ""), outcome)
    if awaiting.may_be_dropped(stage.module, case, awaited):
        dropped = Move("", "system", DROPPED, awaited=awaited)
        yield from (Tried(dropped, rest) for rest in awaiting.without(stage.module, case, awaited))
    for outcome in ways.values():
        decision = awaiting.end(stage.module, case, awaited, outcome, now=stage.now)
        for rest in awaiting.without(stage.module, case, awaited):
            if isinstance(decision, Decision):
                move = Move(decision.action, "system", outcome, awaited=awaited)
                yield Tried(move, applied(rest, decision, places=stage.places))
            else:
                yield Tried(Move("", "system", outcome, awaited=awaited), rest)


def _decided(stage: Rehearsal, case: Snapshot, rule: TaskRule, outcome: TaskOutcome) -> Iterator[Tried]:
    actor = _person(case, rule.role, rule.key)
    page = stage.module.page(outcome.page) if outcome.page else None
    for answers in stage.fillings(page, case) if page else ({},):
        command = Command(rule.key, outcome=outcome.key, comment=GIVEN, answers=answers)
        move = Move(rule.key, rule.role, outcome.key, answers)
        yield _tried(stage, case, command, actor, move)


def _taken(
    stage: Rehearsal, case: Snapshot, action: Action, filings: tuple[dict[str, Json], ...]
) -> Iterator[Tried]:
    kind, ask = action.who.kind, action.ask
    actor = {"applicant": APPLICANT, "system": SYSTEM}.get(kind) or _person(case, action.who.role)
    correctable = demands.correctable(stage.module)
    page = stage.module.page(ask.page) if ask.page else None
    ways: tuple[dict[str, Json], ...] = stage.fillings(page, case) if page else ({},)
    if ask.answers:
        ways = tuple({key: value for key, value in way.items() if key in correctable} for way in filings)
    for answers in ways:
        command = Command(
            action.key,
            person=2_000_000 + case.revision if ask.person else None,
            attachments=(FILE,) if ask.attachment == "required" else (),
            comment=GIVEN if kind != "system" else "",
            answers=answers,
            corrections=tuple(sorted(correctable)) if ask.corrections else (),
        )
        move = Move(action.key, action.who.role or kind, answers=answers)
        yield _tried(stage, case, command, actor, move)


def _struck(stage: Rehearsal, case: Snapshot, action: Action) -> Iterator[Tried]:
    """Let the clock fire an action, once; where it may come to nothing, let its time pass as well.

    One whose condition does not hold then is given up, and one that comes before a time limit is left out
    where less time is left than that.
    """
    if action.key in case.spent:
        return
    once = frozenset({action.key}) if _changes(action, case.status) else frozenset[str]()
    vain = clocks.may_be_late(action, stage.module.workflow.status(case.status))
    for tried in _taken(stage, case, action, ()):
        if isinstance(tried.after, ActionRefused):
            vain = True
        elif tried.after.entered == case.entered:
            tried = replace(tried, after=replace(tried.after, spent=case.spent | once))
        yield tried
    if vain and once:
        move = Move(action.key, "system", idle=True)
        yield Tried(move, replace(case, spent=case.spent | once))


def _changes(action: Action, status: str) -> bool:
    """Tell whether it matters to what comes after that the action was taken: a reminder does not."""
    asks = any(effect.type == "case" for effect in action.effects)
    return action.target(status) != status or asks or any(change.type == "set" for change in action.changes)


def _person(case: Snapshot, role: str, key: str = "") -> Actor:
    """Return an officer who has done nothing on the case yet, or who was given the task."""
    tasks = [task for task in case.tasks if task.role == role and (not key or task.key == key)]
    posts = frozenset({(role, OFFICE), *((role, task.office_id) for task in tasks)})
    free = not tasks or any(task.held_by is None for task in tasks)
    number = 1_000_000 + case.revision if free else tasks[0].held_by
    return Actor(kind="person", id=number, posts=posts)


def _tried(stage: Rehearsal, case: Snapshot, command: Command, actor: Actor, move: Move) -> Tried:
    decision = engine.decide(stage.module, case, command, actor, now=stage.now)
    if isinstance(decision, ActionRefused):
        return Tried(move, decision)
    return Tried(move, applied(case, decision, places=stage.places, actor=actor.id))


def hops(stage: Rehearsal, case: Snapshot) -> Iterator[tuple[Decision, Snapshot]]:
    """Yield what the system does by itself until it rests, at most so often as the engine allows."""
    for _ in range(engine.MOST_HOPS):
        decision = engine.following(stage.module, case, now=stage.now)
        if decision is None:
            return
        case = applied(case, decision, places=stage.places)
        yield decision, case
