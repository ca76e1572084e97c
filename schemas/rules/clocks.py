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
    yield from _overtaken(module)
    yield from _again(module)


def _again(module: Module) -> Iterator[Problem]:
    """What counts from a promise and prolongs it strikes again at its new end, without end."""
    for pointer, action in places.actions(module):
        prolongs = any(change.type == "extend" for change in action.changes)
        if action.by_clock and action.of != "entered" and prolongs and not action.to:
            yield warning("clocks.again", f"{pointer}/changes", name=action.key)


def _overtaken(module: Module) -> Iterator[Problem]:
    """A clock never strikes where another one has led the case away before, wherever it stands."""
    extended = any(change.type == "extend" for a in module.workflow.actions for change in a.changes)
    for pointer, action in places.actions(module):
        if not action.by_clock:
            continue
        first = [_earlier(module, module.workflow.status(key), action, extended) for key in action.from_]
        if all(first) and first[0] is not None:
            place = f"{pointer}/{'after' if action.after else 'before'}"
            yield error("clocks.overtaken", place, name=action.key, found=first[0].key)


def _earlier(module: Module, status: Status, clock: Action, extended: bool) -> Action | None:
    """Return the clock that is sure to lead a case out of `status` before `clock` strikes there."""
    kind, amount = _moment(clock, status, extended)
    for other in module.workflow.actions_from(status.key):
        if other is clock or not other.by_clock or other.when or other.target(status.key) == status.key:
            continue
        its_kind, its_amount = _moment(other, status, extended)
        sure = other.after is not None or (its_kind[0] == "entered" and its_amount > 0)
        if sure and its_kind == kind and its_amount < amount:
            return other
    return None


def _moment(clock: Action, status: Status, extended: bool) -> tuple[tuple[str, str], int]:
    """Return when the clock strikes: a kind of moment, within which the amounts can be compared.

    The limit of a status counts from the entry, as long as nothing prolongs it.
    """
    span = clock.after or clock.before
    assert span is not None, "a clock has one of the two"
    amount = span.amount if clock.after else -span.amount
    if clock.of == "due" and status.due and status.due.unit == span.unit and not extended:
        return ("entered", span.unit), status.due.amount + amount
    return (clock.of, span.unit), amount


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
