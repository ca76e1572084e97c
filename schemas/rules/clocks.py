"""Promised times and what happens when they pass: no decision by silence without a law, sums that fit.

Source: UU 30/2014 art. 53 (what silence means is said by a law, not by the office).
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush

from schemas.definition import Module, Status
from schemas.problems import Problem, error, warning
from schemas.rules import places


def problems(module: Module) -> Iterator[Problem]:
    statuses = {status.key: status for status in module.workflow.statuses}
    for pointer, action in places.actions(module):
        end = statuses[action.to] if action.to else None
        waiting = [key for key in action.from_ if statuses[key].kind in ("work", "wait")]
        decides = end is not None and end.outcome in ("granted", "refused")
        if action.who.kind == "system" and action.by_clock and decides and waiting and not action.legal_basis:
            yield error("clocks.silence", pointer, name=action.key)
    yield from _promise(module, statuses)


def _promise(module: Module, statuses: dict[str, Status]) -> Iterator[Problem]:
    """Even the shortest way to a granted end may take longer than was promised."""
    deadline = module.workflow.deadline
    if deadline is None:
        return
    quickest = _quickest(module, statuses, deadline.within.unit)
    if quickest is not None and quickest > deadline.within.amount:
        count, most = quickest, deadline.within.amount
        yield warning("clocks.exceeds", "/workflow/deadline", count=count, most=most)


def _quickest(module: Module, statuses: dict[str, Status], unit: str) -> int | None:
    """Return the least sum of promised times on a way to a granted end, counted in `unit` alone."""

    def took(key: str) -> int:
        due = statuses[key].due
        counts = due is not None and due.unit == unit and statuses[key].kind != "applicant"
        return due.amount if due is not None and counts else 0

    start = module.workflow.start
    waiting, done = [(took(start), start)], set[str]()
    while waiting:
        spent, key = heappop(waiting)
        if statuses[key].outcome == "granted":
            return spent
        if key in done:
            continue
        done.add(key)
        for action in module.workflow.actions_from(key):
            target = action.target(key)
            if target not in done and not action.by_clock:
                heappush(waiting, (spent + took(target), target))
    return None
