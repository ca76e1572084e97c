"""Strict reading of JSON text: what is read means the same to everybody, or is refused whole.

Refuses more than `json.loads`: size, depth, doubled names, NaN, numbers a browser would change,
decimals (they are written as text) and text that cannot be stored. Knows nothing of modules.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator
from math import isfinite
from typing import Any

from schemas.definition import Json
from schemas.problems import Problem, error, pointer

MAX_BYTES = 1_000_000
MAX_DEPTH = 32
MAX_VALUES = 40_000
MAX_INTEGER = 2**53 - 1
MAX_PROBLEMS = 50

_MARKS = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[\]{},]', re.DOTALL)
_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[\]{},:]', re.DOTALL)
# Letters that databases or XML, and so the pictures of a service, do not take.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_CONTROL_IN_NAME = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class _Doubled(dict[str, Json]):
    """An object in which a name stood twice; `names` are those names."""

    names: tuple[str, ...] = ()


class _Unusable:
    """A number that was written but must not be used."""

    def __init__(self, code: str, text: str) -> None:
        self.code = code
        self.text = text


def read_json(text: str | bytes, *, decimals: Collection[str] = ()) -> tuple[Json, tuple[Problem, ...]]:
    """Read one JSON value. Returns (value, ()) or (None, problems); never raises.

    `decimals` are the names of members that may hold a decimal number, such as coordinates.
    """
    decoded, problem = _decode(text)
    if problem:
        return None, (problem,)
    oversized = _size_problem(decoded)
    if oversized:
        return None, (oversized,)
    try:
        value = json.loads(
            decoded,
            object_pairs_hook=lambda pairs: _object(pairs, decimals),
            parse_float=lambda written: _Unusable(_decimal_code(written), written),
            parse_int=_integer,
            parse_constant=lambda written: _Unusable("json.number", written),
        )
    except json.JSONDecodeError as fault:
        place = pointer(*_path_at(decoded, fault.pos))
        return None, (error("json.syntax", place, line=fault.lineno, column=fault.colno),)
    problems = tuple(value_problems(value, decimals))
    return (None, problems) if problems else (value, ())


def value_problems(value: Json, decimals: Collection[str] = ()) -> Iterator[Problem]:
    """Yield what is wrong with a decoded JSON value; the same limits as for text."""
    waiting: list[tuple[Json, tuple[str | int, ...]]] = [(value, ())]
    seen = found = 0
    while waiting:
        item, path = waiting.pop()
        seen += 1
        if seen > MAX_VALUES:
            yield error("json.values", "", limit=MAX_VALUES)
            return
        for problem in _own_problems(item, path, decimals):
            yield problem
            found += 1
        if found >= MAX_PROBLEMS:
            return
        if len(path) > MAX_DEPTH:
            continue
        if isinstance(item, dict):
            waiting.extend((item[name], (*path, str(name))) for name in reversed(item))
        elif isinstance(item, list):
            waiting.extend((item[i], (*path, i)) for i in reversed(range(len(item))))


def _own_problems(item: Any, path: tuple[str | int, ...], decimals: Collection[str]) -> Iterator[Problem]:
    if isinstance(item, _Unusable):
        yield error(item.code, pointer(*path), value=item.text)
    elif isinstance(item, (list, dict)):
        if len(path) >= MAX_DEPTH:
            yield error("json.depth", pointer(*path), limit=MAX_DEPTH)
        if isinstance(item, _Doubled):
            for name in item.names:
                yield error("json.duplicate", pointer(*path, name), name=name)
        if isinstance(item, dict):
            for name in item:
                if not isinstance(name, str):
                    yield error("json.type", pointer(*path), value=type(name).__name__)
                elif _CONTROL_IN_NAME.search(name):
                    yield error("json.text", pointer(*path), value=name)
    elif isinstance(item, str):
        if _CONTROL.search(item):
            yield error("json.text", pointer(*path), value=item)
    elif isinstance(item, float):
        if not path or path[-1] not in decimals or not isfinite(item):
            yield error("json.decimal", pointer(*path), value=item)
    elif isinstance(item, int):
        if abs(item) > MAX_INTEGER:
            yield error("json.number", pointer(*path), value="…")
    elif item is not None:
        yield error("json.type", pointer(*path), value=type(item).__name__)


def _decode(text: str | bytes) -> tuple[str, Problem | None]:
    too_big = error("json.size", "", limit=MAX_BYTES)
    if len(text) > MAX_BYTES:
        return "", too_big
    if isinstance(text, bytes):
        try:
            return text.decode("utf-8"), None
        except UnicodeDecodeError as fault:
            return "", error("json.encoding", "", position=fault.start + 1)
    try:
        return text, too_big if len(text.encode("utf-8")) > MAX_BYTES else None
    except UnicodeEncodeError as fault:
        return "", error("json.encoding", "", position=fault.start + 1)


def _size_problem(text: str) -> Problem | None:
    """Look for depth and mass before parsing, so that a tower or a sea of brackets costs nothing."""
    depth = 0
    # A value has at most four marks: its name, its two brackets, the comma after it.
    for count, token in enumerate(_MARKS.finditer(text)):
        letter = text[token.start()]
        if letter in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                return error("json.depth", pointer(*_path_at(text, token.start())), limit=MAX_DEPTH)
        elif letter in "]}":
            depth -= 1
        if count > 4 * MAX_VALUES:
            return error("json.values", "", limit=MAX_VALUES)
    return None


def _path_at(text: str, offset: int) -> tuple[str | int, ...]:
    """Return the path of the innermost list or object that is open at `offset`, best effort."""
    path: list[str | int] = []
    string = ""
    for token in _TOKENS.finditer(text, 0, offset):
        mark = token[0]
        if mark == "[":
            path.append(0)
        elif mark == "{":
            path.append("")
        elif mark in "]}" and path:
            path.pop()
        elif mark == "," and path and isinstance(path[-1], int):
            path[-1] += 1
        elif mark == ":" and path and isinstance(path[-1], str):
            path[-1] = string
        elif mark[0] == '"':
            string = mark[1:-1][:40]
    return tuple(path[:-1] if path and path[-1] == "" else path)


def _object(pairs: list[tuple[str, Json]], decimals: Collection[str]) -> dict[str, Json]:
    once = dict(pairs)
    for name in decimals:
        written = once.get(name)
        if isinstance(written, _Unusable) and written.code == "json.decimal":
            once[name] = float(written.text)
    if len(once) == len(pairs):
        return once
    counts = Counter(name for name, _ in pairs)
    doubled = _Doubled(once)
    doubled.names = tuple(name for name, count in counts.items() if count > 1)
    return doubled


def _integer(written: str) -> int | _Unusable:
    if len(written) > 17 or abs(int(written)) > MAX_INTEGER:
        return _Unusable("json.number", written[:20])
    return int(written)


def _decimal_code(written: str) -> str:
    return "json.number" if abs(float(written)) == float("inf") else "json.decimal"
