"""Questions that ask for the same place in the data: are they ever asked together?

Two questions of one place each judge their own answer, and one answer alone is kept. That means what the
schema means only where never both are shown; knows documents, not JSON Schema.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from builder.jsonschema import pointers
from builder.jsonschema.jsonvalues import ident

Json = Any
Asked = tuple[dict[str, Json], Json]


def together(pages: Sequence[dict[str, Json]]) -> Iterator[str]:
    """Yield the key of each question whose place another before it may ask for at the same time."""
    for page in pages:
        for item in _repeats(page["fields"]):
            yield from _among(_asked(item["fields"], True))
    yield from _among(one for page in pages for one in _asked(page["fields"], page.get("visible", True)))


def _repeats(items: Sequence[dict[str, Json]]) -> Iterator[dict[str, Json]]:
    for item in items:
        if item["type"] == "repeat":
            yield item
        yield from _repeats(item.get("fields", ()))


def _asked(items: Sequence[dict[str, Json]], shown: Json) -> Iterator[Asked]:
    """Yield what stands at a place of its own, with all conditions around it."""
    for item in items:
        here = [shown, item.get("visible", True)]
        rule = here[0] if here[1] is True else here[1] if here[0] is True else {"and": here}
        if item["type"] == "group":
            yield from _asked(item["fields"], rule)
        elif "x-source" in item and not item.get("x-map") and not item.get("x-name"):
            yield item, rule


def _among(asked: Iterator[Asked]) -> Iterator[str]:
    before: dict[str, list[Asked]] = {}
    for item, rule in asked:
        here = before.setdefault(item["x-source"], [])
        if any(not never_both(rule, other) for _, other in here):
            yield item["key"]
        here.append((item, rule))
    for at, own in before.items():
        above = pointers.parent(at)
        while above:
            if any(not never_both(r, o) for _, r in own for _, o in before.get(above, ())):
                yield from (item["key"] for item, _ in own)
            above = pointers.parent(above)


def never_both(one: Json, other: Json) -> bool:
    """Say whether it is certain that of two conditions at most one holds at a time."""
    one, other = _plain(one), _plain(other)
    if one is False or other is False:
        return True
    if not isinstance(one, dict) or not isinstance(other, dict):
        return False
    for here, there in ((one, other), (other, one)):
        if "or" in here:
            return all(never_both(part, there) for part in here["or"])
    for here, there in ((one, other), (other, one)):
        if "and" in here:
            return any(never_both(part, there) for part in here["and"])
    return _opposed(one, other) or _opposed(other, one)


def _plain(rule: Json) -> Json:
    """Return a condition without the words for an answer that is not there, where that means no."""
    while isinstance(rule, dict) and "default" in rule and rule["default"][1] is False:
        rule = rule["default"][0]
    return rule


def _opposed(one: Json, other: Json) -> bool:
    """Say whether `one` refuses every value that `other` needs, or is its opposite."""
    needed = _values(other)
    if "!" not in one:
        allowed = _values(one)
        return bool(allowed and needed and allowed[0] == needed[0] and not allowed[1] & needed[1])
    denied = _plain(one["!"][0])
    if denied == other:
        return True
    if not isinstance(denied, dict) or needed is None:
        return False
    if denied.get("answered") == {"var": needed[0]}:
        return True
    refused = _values(denied)
    return refused is not None and refused[0] == needed[0] and needed[1] <= refused[1]


def _values(rule: dict[str, Json]) -> tuple[str, frozenset[str]] | None:
    """Return the question whose answer must be one of some values, and those values."""
    for op in ("==", "in"):
        args = rule.get(op)
        if isinstance(args, list) and isinstance(args[0], dict) and isinstance(args[0].get("var"), str):
            listed = args[1] if op == "in" else [args[1]]
            if isinstance(listed, list) and not any(isinstance(value, (dict, list)) for value in listed):
                return args[0]["var"], frozenset(map(ident, listed))
    return None
