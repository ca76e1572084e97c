"""Tables of a fee that leave answers out: those cost what the last line does, which is seldom meant.

An answer that was added after the table is such a one. Never an error: several answers may cost the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from schemas.definition import Field, Json, Module
from schemas.expressions import Expression
from schemas.problems import Problem, warning
from schemas.rules import places


def problems(module: Module) -> Iterator[Problem]:
    asked: dict[str, Field] = {}
    for _pointer, _page, field in places.fields(module):
        asked.setdefault(field.key, field)
    for pointer, _page, field in places.fields(module):
        if field.type != "money" or not isinstance(field.calculate, Expression):
            continue
        for key, named in _tables(field.calculate.raw):
            source = asked.get(key)
            options = source.options if source and source.type == "choice" and not source.dataset else ()
            unnamed = [option.label.say() for option in options if option.value not in named]
            if len(unnamed) > 1:
                data = {"answers": unnamed[1:], "last": unnamed[0]}
                yield warning("pitfalls.no_line", pointer, name=field.key, field=key, **data)


def _tables(raw: Json) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield of each table of amounts the question whose answers it goes by, and the answers it names."""
    if isinstance(raw, dict):
        key = _compared(raw)[0]
        named = _named(raw, key) if key else None
        if named is not None:
            yield key, named
            return
    inner = raw.values() if isinstance(raw, dict) else raw if isinstance(raw, list) else ()
    for one in inner:
        yield from _tables(one)


def _named(node: Json, key: str) -> frozenset[str] | None:
    """Return the answers to `key` that a table names, None where `node` is no table of amounts."""
    if isinstance(node, int) and not isinstance(node, bool):
        return frozenset()
    compared, values = _compared(node)
    if compared != key:
        return None
    branches = [_named(branch, key) for branch in node["if"][1:]]
    found = [one for one in branches if one is not None]
    return values.union(*found) if len(found) == len(branches) == 2 else None


def _compared(node: Json) -> tuple[str, frozenset[str]]:
    """Return the question that a branch goes by and the answers it is for, "" of anything else."""
    parts = node.get("if") if isinstance(node, dict) else None
    condition = parts[0] if isinstance(parts, list) and parts else None
    if not isinstance(condition, dict) or len(condition) != 1:
        return "", frozenset()
    [(operator, sides)] = condition.items()
    if operator not in {"==", "in"} or not isinstance(sides, list) or len(sides) != 2:
        return "", frozenset()
    values = sides[1] if isinstance(sides[1], list) else [sides[1]]
    key = sides[0].get("var") if isinstance(sides[0], dict) else None
    if not isinstance(key, str) or not all(isinstance(value, str) for value in values):
        return "", frozenset()
    return key, frozenset(values)
