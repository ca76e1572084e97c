"""The plan of a move: what becomes of one case that leaves its version for another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from runtime.workflow import demands, engine, rights
from runtime.workflow.moving import carrying, placing, timing
from runtime.workflow.moving.carrying import Carried
from runtime.workflow.moving.values import NO_RULES, Change, Hindrance, Plan, Rules, Standing
from runtime.workflow.values import Snapshot
from schemas.definition import Module


def plan(old: Module, new: Module, standing: Standing, rules: Rules = NO_RULES, *, now: datetime) -> Plan:
    """Return what the move from `old` to `new` does to the case. `now` is in the region's zone.

    What keys and rules carry over is carried; nothing is guessed by a label. The older version is asked
    the same questions, so that a move to an identical one changes nothing.
    """
    before = standing.snapshot
    target = rules.statuses.get(before.status, before.status)
    barred = _no_way(new, target, before.status)
    if barred is not None:
        return Plan(before.status, before.answers, before.officer_answers, hindrances=(barred,))
    carried = carrying.carried(old, new, standing, rules)
    corrections = _corrections(old, new, before, rules)
    after = _arrived(before, target, carried, corrections)
    tasks = placing.placed(old, new, before, after, today=now.date())
    gone = {task.id for task in tasks.closed}
    kept = [task.id for task in before.tasks if task.id not in gone]
    clock = timing.timed(old, new, standing, rules, target, kept, now)
    return Plan(
        status=target,
        answers=carried.answers,
        officer_answers=carried.officer_answers,
        corrections=corrections,
        closed=tasks.closed,
        opened=tasks.opened,
        task_due=clock.task_due,
        due_at=clock.due,
        deadline_at=clock.deadline,
        timer_at=clock.timer,
        changes=(
            *_status(before.status, target),
            *carried.changes,
            *_asked_back(before, after, rules),
            *_proof(old, new, rules, carried),
            *tasks.changes,
            *clock.changes,
        ),
        needs=carried.needs,
        losses=(*carried.losses, *tasks.losses),
        hindrances=(
            *clock.hindrances,
            *_awaited(old, new, standing, target),
            *_hindrances(old, new, before, tasks.snapshot, carried, now),
        ),
    )


def _arrived(before: Snapshot, status: str, carried: Carried, corrections: tuple[str, ...]) -> Snapshot:
    """Return the case in the newer version, still with the tasks it had."""
    return replace(
        before,
        status=status,
        answers=carried.answers,
        officer_answers=carried.officer_answers,
        corrections=corrections,
    )


def _no_way(new: Module, target: str, status: str) -> Hindrance | None:
    """Return why there is no status for the case in the newer version, if so: a move ends no case."""
    found = next((one for one in new.workflow.statuses if one.key == target), None)
    if found is None:
        return Hindrance("status_gone", status)
    return Hindrance("status_final", target) if found.kind == "final" else None


def _status(before: str, after: str) -> Iterator[Change]:
    if before != after:
        yield Change("status", after, before, after)


def _corrections(old: Module, new: Module, before: Snapshot, rules: Rules) -> tuple[str, ...]:
    """Return the questions that still wait for the applicant; what cannot be corrected any more is let go."""
    possible = demands.correctable(new)
    asked = (rules.questions.get(key, key) for key in before.corrections)
    unknown = {key for key in before.corrections if key not in demands.correctable(old)}
    return tuple(key for key in asked if key in possible or key in unknown)


def _asked_back(before: Snapshot, after: Snapshot, rules: Rules) -> Iterator[Change]:
    for key in before.corrections:
        to = rules.questions.get(key, key)
        if to not in after.corrections:
            yield Change("correction", "", key)


def _proof(old: Module, new: Module, rules: Rules, carried: Carried) -> Iterator[Change]:
    """Yield that the applicant opens the case with the answer to another question from now on."""
    was = rules.questions.get(old.applicant.proof, old.applicant.proof)
    will = new.applicant.proof
    if will and will != was and carried.answers.get(will):
        yield Change("proof", will, old.applicant.proof)


def _hindrances(
    old: Module, new: Module, before: Snapshot, after: Snapshot, carried: Carried, now: datetime
) -> Iterator[Hindrance]:
    if before.corrections and not (after.corrections and _answerable(new, after.status)):
        if _answerable(old, before.status):
            yield Hindrance("correction_gone", after.status)
    elif _idle(new, after) and not _idle(old, before):
        yield Hindrance("nobody", after.status)
    proof = old.applicant.proof
    if proof and before.answers.get(proof) and not carried.answers.get(new.applicant.proof):
        yield Hindrance("proof_gone", proof)
    follows = engine.following(new, after, now=now)
    followed = engine.following(old, before, now=now)
    if follows is not None and (followed is None or followed.action != follows.action):
        yield Hindrance("would_decide", follows.action)


def _awaited(old: Module, new: Module, standing: Standing, target: str) -> Iterator[Hindrance]:
    """Yield the actions that the end of another case leads to, and that could not be taken any more."""
    for key in sorted(standing.awaited):
        was, will = old.workflow.action(key), new.workflow.action(key)
        here = was is not None and standing.snapshot.status in was.from_
        if was is not None and (will is None or (here and target not in will.from_)):
            yield Hindrance("awaited_gone", key)


def _answerable(module: Module, status: str) -> bool:
    """Tell whether the applicant can answer what was sent back, in that status."""
    return any(action.ask.answers for action in module.workflow.actions_from(status))


def _idle(module: Module, snapshot: Snapshot) -> bool:
    """Tell whether nobody is asked and nothing goes on by itself: a case would lie there for ever."""
    status = module.workflow.status(snapshot.status)
    on = [action for action in module.workflow.actions_from(status.key) if action.to != status.key]
    roles = {task.role for task in snapshot.tasks}
    if status.kind == "work":
        rules = {rule.key for rule in status.tasks if rule.outcomes}
        voting = any(task.key in rules for task in snapshot.tasks)
        return not voting and not any(action.who.role in roles for action in on if action.who.kind == "role")
    roles |= rights.untasked(module.workflow, status.key)
    return not any(action.who.kind != "role" or action.who.role in roles for action in on)
