"""From all walks to what is wrong: traps, circles, and what never comes about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from runtime.workflow.proof.rehearsal import Rehearsal
from runtime.workflow.proof.stories import Teller
from runtime.workflow.proof.values import MOST_STATES, Covered, Finding, Proof
from runtime.workflow.proof.walks import Walked, Walker
from schemas.definition import Module
from schemas.problems import Problem, error, warning
from schemas.rules import places


def prove(module: Module, *, now: datetime, most: int = MOST_STATES) -> Proof:
    """Walk every way through `module` as if today were `now`, and tell what was met.

    More than `most` states, answers that could not be made up and conditions that examples cannot settle
    leave the proof open: it is then never `proven`.
    """
    stage = Rehearsal(module, now)
    walked = Walker(stage, most).walk()
    found = tuple(_findings(stage, walked))
    settled = walked.complete and stage.exact and not stage.unfilled
    workflow = module.workflow
    outcomes = [f"{t.key}/{o.key}" for s in workflow.statuses for t in s.tasks for o in t.outcomes]
    rules = [f"{s.key}/{at}" for s in workflow.statuses for at in range(len(s.complete))]
    sides = [
        f"{pointer}={side}"
        for pointer in stage.conditions
        if pointer.endswith("/when")
        for side in ("true", "false")
    ]
    met = {f"{pointer}={str(side).lower()}" for pointer, seen in walked.branches.items() for side in seen}
    return Proof(
        proven=settled and not any(finding.problem.blocks for finding in found),
        exact=stage.exact and not stage.unfilled,
        states=len(walked.places),
        statuses=_covered([status.key for status in workflow.statuses], walked.statuses),
        actions=_covered([action.key for action in workflow.actions], walked.actions),
        outcomes=_covered(outcomes, {f"{task}/{outcome}" for task, outcome in walked.outcomes}),
        rules=_covered(rules, {f"{status}/{at}" for status, at in walked.rules}),
        branches=_covered(sides, met),
        findings=found,
    )


def _covered(there: list[str], seen: set[str]) -> Covered:
    missed = tuple(key for key in there if key not in seen)
    return Covered(len(there) - len(missed), len(there), missed)


def _findings(stage: Rehearsal, walked: Walked) -> Iterator[Finding]:
    tell = Teller(stage.module, stage.read)
    yield from _traps(stage, walked, tell)
    yield from _circles(walked, tell, stage.module)
    if walked.complete:
        yield from _never(stage, walked)
        yield from _unanswered(stage, walked, tell)
    for key in sorted(stage.unfilled):
        at = next(at for at, page in enumerate(stage.module.pages) if page.key == key)
        yield Finding(warning("proof.cannot_fill", f"/pages/{at}", name=key))
    if not walked.complete:
        yield Finding(warning("proof.too_many", "/workflow", count=len(walked.places)))


def _traps(stage: Rehearsal, walked: Walked, tell: Teller) -> Iterator[Finding]:
    """Find the nearest place in each status from which nobody leads the case to an end.

    Where officers work, that the applicant may take the application back is no way on.
    """
    workflow = stage.module.workflow
    back: dict[int, set[int]] = defaultdict(set)
    for at, edges in walked.edges.items():
        kind = workflow.status(walked.places[at].case.status).kind
        for target, by_applicant in edges:
            if not by_applicant or kind in ("applicant", "final"):
                back[target].add(at)
    ends = {
        at for at, place in enumerate(walked.places) if workflow.status(place.case.status).kind == "final"
    }
    unfinished = range(0) if walked.complete else range(_first_unwalked(walked), len(walked.places))
    safe, waiting = {*ends, *unfinished}, [*ends, *unfinished]
    while waiting:
        fresh = back[waiting.pop()] - safe
        safe |= fresh
        waiting.extend(fresh)
    told: set[str] = set()
    for at, place in enumerate(walked.places):
        status = place.case.status
        if at in safe or status in told:
            continue
        told.add(status)
        index = next(n for n, one in enumerate(workflow.statuses) if one.key == status)
        code = "proof.no_end" if _moves(stage, walked, at) else "proof.stuck"
        made = warning if stage.unfilled else error
        problem = made(code, f"/workflow/statuses/{index}", name=status)
        yield Finding(problem, tell.story(walked.story(at)))


def _moves(stage: Rehearsal, walked: Walked, at: int) -> bool:
    """Tell whether anybody who counts, and not time alone, can bring the case to another place from there."""
    kind = stage.module.workflow.status(walked.places[at].case.status).kind
    alone = kind not in ("applicant", "final")
    ways = walked.edges.get(at, ())
    return any(to != at and not (by and alone) and (at, to) not in walked.idle for to, by in ways)


def _first_unwalked(walked: Walked) -> int:
    return max((at for at in walked.edges), default=-1) + 1


def _circles(walked: Walked, tell: Teller, module: Module) -> Iterator[Finding]:
    pointers = {action.key: pointer for pointer, action in places.actions(module)}
    for before, move in walked.circling[:1]:
        problem = error("proof.circle", pointers[move.hops[-1]], name=move.hops[-1])
        yield Finding(problem, tell.story([*walked.story(before), move]))


def _never(stage: Rehearsal, walked: Walked) -> Iterator[Finding]:
    """Find what no walk has met. Where examples stand for all answers it cannot be met at all."""
    if stage.unfilled:
        return
    workflow = stage.module.workflow
    for at, status in enumerate(workflow.statuses):
        if status.key not in walked.statuses:
            yield _unmet(stage, "status", f"/workflow/statuses/{at}", status.key)
            continue
        for task_at, task in enumerate(status.tasks):
            if task.key not in walked.tasks:
                place = f"/workflow/statuses/{at}/tasks/{task_at}"
                yield Finding(warning("proof.task_never", place, name=task.key))
    for pointer, action in places.actions(stage.module):
        arrived = any(key in walked.statuses for key in action.from_)
        if action.key not in walked.actions and arrived:
            yield _unmet(stage, "action", pointer, action.key)


def _unmet(stage: Rehearsal, what: str, pointer: str, name: str) -> Finding:
    """Examples that do not stand for all answers say nothing of those that were not tried."""
    if stage.exact:
        return Finding(error(f"proof.{what}_never", pointer, name=name))
    return Finding(warning(f"proof.{what}_untried", pointer, name=name))


def _unanswered(stage: Rehearsal, walked: Walked, tell: Teller) -> Iterator[Finding]:
    """Find officers' questions that an action reads and that nobody may have been asked on the way there."""
    pages = [page for page in stage.module.pages if page not in stage.module.filing_pages()]
    later = {field.key for page in pages for field in page.fields}
    told: set[str] = set()
    pointers = {action.key: pointer for pointer, action in places.actions(stage.module)}
    for (key, name), at in walked.unknown.items():
        action = stage.module.workflow.action(key)
        page = stage.module.page(action.ask.page) if action and action.ask.page else None
        own = {field.key for field in page.fields} if page else set()
        if name in later - own and key not in told:
            told.add(key)
            problem: Problem = warning("proof.unanswered", f"{pointers[key]}/when", name=key, field=name)
            yield Finding(problem, tell.story(walked.story(at)))
