"""Building and simplifying conditions of our language. Knows nothing of JSON Schema."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Json = Any
MOST_ARGUMENTS = 50
MOST_PARTS = 190
DEEPEST = 12


class Unsayable(Exception):
    """The condition cannot be written in our language; `reason` is a code, `data` what its sentence names."""

    def __init__(self, reason: str, **data: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.data = data


def both(conditions: Iterable[Json]) -> Json:
    """Return that all of `conditions` hold."""
    return _joined("and", conditions, nothing=True)


def either(conditions: Iterable[Json]) -> Json:
    """Return that one of `conditions` holds."""
    return _joined("or", conditions, nothing=False)


def _joined(op: str, conditions: Iterable[Json], *, nothing: bool) -> Json:
    kept: list[Json] = []
    for condition in conditions:
        if condition is nothing:
            continue
        if condition is (not nothing):
            return not nothing
        inner = condition[op] if isinstance(condition, dict) and op in condition else [condition]
        kept += [one for one in inner if one not in kept]
    if not kept:
        return nothing
    if any(_denies(one, kept, op) for one in kept):
        return not nothing
    if len(kept) > MOST_ARGUMENTS:
        raise Unsayable("condition.long")
    return kept[0] if len(kept) == 1 else {op: kept}


def _denies(one: Json, kept: list[Json], op: str) -> bool:
    """Say whether `one` is the opposite of others of `kept`: one of the two always holds, never both."""
    if not isinstance(one, dict) or "!" not in one:
        return False
    denied = one["!"][0]
    inner = denied[op] if isinstance(denied, dict) and op in denied else [denied]
    return all(part in kept for part in inner)


def no(condition: Json) -> Json:
    """Return the opposite of a condition that is never unknown."""
    if isinstance(condition, bool):
        return not condition
    if isinstance(condition, dict) and "!" in condition:
        return condition["!"][0]
    return {"!": [condition]}


def otherwise(condition: Json, missing: bool) -> Json:
    """Return `condition`, and `missing` where an answer it needs is not there."""
    if isinstance(condition, bool):
        return condition
    return {"default": [condition, missing]}


def yes_only(condition: Json, missing: bool = False) -> Json:
    """Drop what makes no difference where only a definite yes (or, for a check, only a no) counts."""
    if not isinstance(condition, dict):
        return condition
    op, args = next(iter(condition.items()))
    if op in ("and", "or"):
        return {op: [yes_only(arg, missing) for arg in args]}
    if op == "default" and args[1] is missing:
        return yes_only(args[0], missing)
    return condition


def fits(condition: Json) -> bool:
    """Say whether a condition is within the limits of our language."""
    waiting, seen = [(condition, 1)], 0
    while waiting:
        item, depth = waiting.pop()
        seen += 1
        if seen > MOST_PARTS or depth > DEEPEST:
            return False
        if isinstance(item, dict):
            for args in item.values():
                waiting.extend((arg, depth + 1) for arg in (args if isinstance(args, list) else [args]))
        elif isinstance(item, list):
            waiting.extend((arg, depth) for arg in item)
    return True
