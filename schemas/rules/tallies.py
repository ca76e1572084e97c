"""Whatever a panel decides, something follows: every tally is counted out, vote by vote.

A status whose offices are named by answers is tried with one to three of them, and with so many as a rule
turns on; more markings than `MOST` stay unjudged here and are left to the proof.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from schemas.definition import Counts, Module, Status, TaskRule
from schemas.problems import Problem, error, warning
from schemas.tally import Count, holds, offices

MOST = 20_000
COUNTS: tuple[Counts, ...] = ("for", "against", "abstain")

Marking = tuple[tuple[int, int, int], ...]


@dataclass
class Seen:
    """What was met on the way through all tallies of a status. `sure` are its actions without a condition."""

    sure: frozenset[str] = frozenset()
    fired: set[int] = field(default_factory=set)
    uncovered: Count | None = None
    markings: int = 0


def problems(module: Module) -> Iterator[Problem]:
    left = MOST
    for at, status in enumerate(module.workflow.statuses):
        pointer = f"/workflow/statuses/{at}"
        decided = tuple(task for task in status.tasks if task.outcomes)
        if status.kind == "final" and (status.tasks or status.complete or status.due):
            yield error("tasks.at_the_end", pointer, name=status.key)
        if not decided or status.kind == "final":
            continue
        yield from _never_counted(status, pointer)
        sure = frozenset(a.key for a in module.workflow.actions_from(status.key) if a.when is None)
        seen = tallies(status, decided, Seen(sure), left, list(_openings(module, status, decided)))
        if seen is None:
            left = 0
            continue
        left -= seen.markings
        yield from _uncovered(module, status, seen, pointer)
        for rule_at, rule in enumerate(status.complete):
            if (
                rule_at not in seen.fired
                and rule.tally.kind != "all_decided"
                and not _hopeless(status, rule_at)
            ):
                yield warning("tasks.rule_idle", f"{pointer}/complete/{rule_at}", name=status.key)


def tallies(
    status: Status,
    decided: tuple[TaskRule, ...],
    seen: Seen,
    most: int,
    openings: list[tuple[int, ...]],
) -> Seen | None:
    """Count out every order of decisions of so many votes; None when there are too many markings."""
    for seats in openings:
        if not any(seats):
            continue
        first: Marking = tuple((0, 0, 0) for _ in decided)
        waiting, known = [first], {first}
        while waiting:
            seen.markings += 1
            if seen.markings > most:
                return None
            marking = waiting.pop()
            fresh = _after(status, decided, seats, marking, seen) - known
            known |= fresh
            waiting.extend(fresh)
    return seen


def _openings(module: Module, status: Status, decided: tuple[TaskRule, ...]) -> Iterator[tuple[int, ...]]:
    """Yield how many votes each task may come to have."""
    ranges = []
    for task in decided:
        asked = offices(module, status, task) if task.where.kind == "each" else [1]
        many = [number * task.seats for number in asked]
        ranges.append([0, *many] if task.when is not None else many)
    yield from product(*ranges)


def _after(
    status: Status, decided: tuple[TaskRule, ...], seats: tuple[int, ...], marking: Marking, seen: Seen
) -> set[Marking]:
    """Return the markings one vote later; none where a rule has ended the voting."""
    if any(any(votes) for votes in marking) and _ends(status, decided, seats, marking, seen):
        return set()
    closed = {task.key for at, task in enumerate(decided) if sum(marking[at]) == seats[at]}
    found: set[Marking] = set()
    for at, task in enumerate(decided):
        if sum(marking[at]) == seats[at] or not set(task.after) <= closed:
            continue
        for counts in {outcome.counts for outcome in task.outcomes}:
            for_, against, abstained = (
                number + (name == counts) for name, number in zip(COUNTS, marking[at], strict=True)
            )
            found.add((*marking[:at], (for_, against, abstained), *marking[at + 1 :]))
    if not found and seen.uncovered is None:
        seen.uncovered = _count(status, decided, seats, marking, ())
    return found


def _ends(
    status: Status, decided: tuple[TaskRule, ...], seats: tuple[int, ...], marking: Marking, seen: Seen
) -> bool:
    """Note the rules that may end the voting here, and tell whether one of them surely does."""
    for at, rule in enumerate(status.complete):
        if holds(rule.tally, _count(status, decided, seats, marking, rule.of)):
            seen.fired.add(at)
            if rule.when is None and rule.do in seen.sure:
                return True
    return False


def _count(
    status: Status,
    decided: tuple[TaskRule, ...],
    seats: tuple[int, ...],
    marking: Marking,
    of: tuple[str, ...],
) -> Count:
    chosen = [at for at, task in enumerate(decided) if not of or task.key in of]
    yes, no, idle = (sum(marking[at][n] for at in chosen) for n in range(3))
    return Count(yes, no, idle, sum(seats[at] for at in chosen) - yes - no - idle)


def _uncovered(module: Module, status: Status, seen: Seen, pointer: str) -> Iterator[Problem]:
    if seen.uncovered is None:
        return
    leaving = [a for a in module.workflow.actions_from(status.key) if a.target(status.key) != status.key]
    if any(action.who.kind == "role" and action.when is None for action in leaving):
        return
    count = seen.uncovered
    clock = any(action.by_clock and action.when is None for action in leaving)
    made = warning if clock else error
    votes = {"yes": count.for_, "no": count.against, "none": count.abstain}
    yield made("tasks.uncovered", f"{pointer}/tasks", name=status.key, **votes)


def _hopeless(status: Status, at: int) -> bool:
    """Tell whether no decision that the rule looks at can ever count as it wants."""
    rule = status.complete[at]
    wanted = {"all_for": "for", "for": "for", "any_against": "against", "against": "against"}
    counted = {
        outcome.counts
        for task in status.tasks
        if not rule.of or task.key in rule.of
        for outcome in task.outcomes
    }
    return rule.tally.kind in wanted and wanted[rule.tally.kind] not in counted


def _never_counted(status: Status, pointer: str) -> Iterator[Problem]:
    for at in range(len(status.complete)):
        if _hopeless(status, at):
            yield error("tasks.never_counts", f"{pointer}/complete/{at}/if", name=status.key)
