"""Conditions in the one form that an export and an import of it keep."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from builder.jsonschema import logic

Json = Any
_OF_KNOWN = frozenset(("==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "round", "length", "days", "in"))
"""Operations that are unknown as soon as one of their parts is."""


def plain(raw: Json) -> Json:
    """Say “not” of the parts in place of the whole, and leave out what follows from the rest."""
    op = _op(raw)
    if op in ("and", "or"):
        return _joined(op, [plain(part) for part in raw[op]])
    if (counted := _counted(op, raw)) is not None:
        return counted
    inner: Json = raw["!"][0] if op == "!" else None
    if (counted := _counted(_op(inner), inner)) is not None:
        return logic.no(counted)
    joint = _op(inner)
    if joint not in ("and", "or"):
        return raw
    return _joined("or" if joint == "and" else "and", [plain(logic.no(part)) for part in inner[joint]])


def _joined(op: str, parts: Iterable[Json]) -> Json:
    found = (logic.both if op == "and" else logic.either)(parts)
    if _op(found) != op:
        return found
    wanted = op == "and"
    needed = [_needed(part, wanted) for part in found[op]]
    kept = [part for part in found[op] if not any(_answer(part, wanted) in names for names in needed)]
    return {op: kept} if len(kept) > 1 else kept[0]


def _counted(op: str, raw: Json) -> Json | None:
    """Say in one way that there are rows, or none; None for anything else."""
    if op not in ("==", "!=", "<=") or _op(raw[op][0]) != "count" or raw[op][1] != 0:
        return None
    some = {">": raw[op]}
    return some if op == "!=" else logic.no(some)


def _answer(part: Json, wanted: bool) -> str:
    """Return the question that is said to be answered, or for an “or” not to be; empty for anything else."""
    asked: Json = part if wanted else part["!"][0] if _op(part) == "!" else None
    return str(asked["answered"]["var"]) if _op(asked) == "answered" else ""


def _needed(part: Json, wanted: bool) -> frozenset[str]:
    """Return the questions without whose answers a part alone decides: an “and” as no, an “or” as yes."""
    denied = _op(part) == "!"
    held = part["!"][0] if denied else part
    if _op(held) != "default" or not isinstance(held["default"][1], bool):
        return frozenset()
    missing = held["default"][1] is not denied
    return frozenset() if missing is wanted else frozenset(_strict(held["default"][0]))


def _strict(raw: Json) -> Iterable[str]:
    op = _op(raw)
    if op == "var":
        yield raw["var"]
    elif op in _OF_KNOWN:
        for part in raw[op]:
            yield from _strict(part)


def _op(raw: Json) -> str:
    return next(iter(raw)) if isinstance(raw, dict) and len(raw) == 1 else ""
