"""Does one plain value fit what a part says of values of its type? For values that are offered to choose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from builder.jsonschema.jsonvalues import exact, is_number, type_of
from schemas import patterns

Json = Any
Part = Mapping[str, Json]


def fits(value: Json, part: Part) -> bool:
    """Say whether neither the type nor a limit that `part` writes refuses `value`.

    What is not written as JSON Schema asks for, and a pattern that cannot be searched, refuses nothing.
    """
    return typed(value, part.get("type")) and all(
        judge(value, part[keyword], part) for keyword, judge in _JUDGES.items() if keyword in part
    )


def within(value: Json, part: Part, keyword: str) -> bool:
    """Say whether one of the `LIMITS` that `part` writes does not refuse `value`."""
    return _JUDGES[keyword](value, part[keyword], part)


def typed(value: Json, written: Json) -> bool:
    """Say whether a value is of the type, or one of the types, that are written."""
    named = written if isinstance(written, list) else [written]
    kind = type_of(value)
    return written is None or kind in named or (kind == "integer" and "number" in named)


def _length(value: Json, limit: Json, holds: Callable[[int, int], bool]) -> bool:
    whole = isinstance(limit, int) and not isinstance(limit, bool)
    return not isinstance(value, str) or not whole or holds(len(value), limit)


def _matches(value: Json, pattern: Json) -> bool:
    if not isinstance(value, str) or not isinstance(pattern, str):
        return True
    try:
        return patterns.search(pattern)(value)
    except patterns.UnknownPattern:
        return True


def _bound(value: Json, limit: Json, holds: Callable[[Any, Any], bool]) -> bool:
    return not is_number(value) or not is_number(limit) or holds(exact(value), exact(limit))


def _strict(part: Part, keyword: str) -> bool:
    """Say whether draft 4's `exclusiveMinimum: true` sharpens `minimum`."""
    return part.get("exclusive" + keyword.capitalize()) is True


_JUDGES: Mapping[str, Callable[[Json, Json, Part], bool]] = {
    "minLength": lambda value, limit, part: _length(value, limit, int.__ge__),
    "maxLength": lambda value, limit, part: _length(value, limit, int.__le__),
    "pattern": lambda value, pattern, part: _matches(value, pattern),
    "minimum": lambda value, limit, part: _bound(
        value, limit, lambda a, b: a > b if _strict(part, "minimum") else a >= b
    ),
    "maximum": lambda value, limit, part: _bound(
        value, limit, lambda a, b: a < b if _strict(part, "maximum") else a <= b
    ),
    "exclusiveMinimum": lambda value, limit, part: _bound(value, limit, lambda a, b: a > b),
    "exclusiveMaximum": lambda value, limit, part: _bound(value, limit, lambda a, b: a < b),
    "multipleOf": lambda value, step, part: _bound(value, step, lambda a, b: b <= 0 or a % b == 0),
}
LIMITS = frozenset(_JUDGES)
