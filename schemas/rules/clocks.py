"""Promised times and what happens when they pass: no decision by silence without a law, sums that fit.

Source: UU 30/2014 art. 53 (what silence means is said by a law, not by the office).
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush

from schemas import expressions
from schemas.definition import Action, Module, Status
from schemas.problems import Problem, error, warning
from schemas.rules import places


def problems(module: Module) -> Iterator[Problem]:
    statuses = {status.key: status for status in module.workflow.statuses}
    for pointer, action in places.actions(module):
        waiting = any(statuses[key].kind in ("work", "wait") for key in action.from_)
        clock = action.who.kind == "system" and action.by_clock
        if clock and waiting and not action.legal_basis and _decides(module, action, statuses):
            yield error("clocks.silence", pointer, name=action.key)
    yield from _promise(module, statuses)


def _decides(module: Module, clock: Action, statuses: dict[str, Status]) -> bool:
    """Tell whether a clock grants or refuses, also by what the system does at once after it.

    Where that asks what officers answered, somebody did decide; where it names a law, the law does.
    """
    filed = {field.key for page in module.filing_pages() for field in page.fields}
    found, waiting = {clock.to}, [clock.to] if clock.to else []
    while waiting:
        key = waiting.pop()
        if statuses[key].outcome in ("granted", "refused"):
            return True
        for action in module.workflow.automatic(key):
            asks = expressions.names(action.when) if action.when else frozenset()
            target = action.target(key)
            if asks <= filed and not action.legal_basis and target not in found:
                found.add(target)
                waiting.append(target)
    return False


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
