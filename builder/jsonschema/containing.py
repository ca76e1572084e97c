"""How many entries of a list must be, or may be, of the kind that `contains` describes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from builder.jsonschema.logic import Unsayable, both, either, otherwise
from builder.jsonschema.resolve import Part

Json = Any
WORDS = ("minContains", "maxContains")


def bounds(part: Part) -> tuple[int, int | None]:
    """Return the least and the most; one at least where nothing is said. Raises `Unsayable`."""
    least, most = part.get("minContains"), part.get("maxContains")
    for value in (least, most):
        if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 0):
            raise Unsayable("schema.shape")
    return 1 if least is None else least, most


def rows(part: Part, key: str, where: Json) -> Json:
    """Return that so many rows of the repeat `key` are as `where` says."""
    repeat = {"var": key}
    if isinstance(where, bool):
        raise Unsayable("condition.keyword")
    each = {"sum": [repeat, {"if": [otherwise(where, False), 1, 0]}]}
    return _within(part, [otherwise({"some": [repeat, where]}, False)], {"default": [each, 0]})


def chosen(part: Part, key: str, values: Sequence[str]) -> Json:
    """Return that so many of `values` are chosen in the question `key`."""
    each = [{"in": [value, {"var": key}]} for value in values]
    return _within(part, each, {"+": [{"if": [one, 1, 0]} for one in each]})


def _within(part: Part, some: Sequence[Json], number: Json) -> Json:
    least, most = bounds(part)
    if least == 1 and most is None:
        return either(some)
    few = {">=": [number, least]} if least else True
    return both([few, {"<=": [number, most]} if most is not None else True])
