"""The way ahead: the statuses a case still passes on the shortest path to being granted."""

from __future__ import annotations

from collections import deque

from schemas.definition import Module, Status


def coming(module: Module, status: str) -> tuple[Status, ...]:
    """Return the statuses after `status`, nearest first, up to a granted end; empty when none is left.

    Actions that return or refuse are no way ahead, nor is what only the clock does.
    """
    flow = module.workflow
    ways: deque[tuple[str, ...]] = deque([(status,)])
    seen = {status}
    while ways:
        way = ways.popleft()
        last = flow.status(way[-1])
        if last.outcome == "granted":
            return tuple(flow.status(key) for key in way[1:])
        for action in flow.actions_from(last.key):
            if action.tone in ("return", "refuse") or action.who.kind == "system":
                continue
            if action.to not in seen:
                seen.add(action.to)
                ways.append((*way, action.to))
    return ()
