"""Strict reading of a schema or of data: limits before parsing, exact decimals, doubled names refused.

Unlike a document of ours a schema may hold decimals, so it has a reader of its own.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from builder.jsonschema import lines

Json = Any

MAX_BYTES = 1_000_000
MAX_DEPTH = 64
MAX_VALUES = 40_000
MAX_ADDRESS = 1_000  # characters of the longest JSON Pointer


class Unreadable(Exception):
    """The text is not JSON that can be worked with. `reason` is a code, `data` fills its sentence."""

    def __init__(self, reason: str, **data: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.data = data


def read(text: str | bytes) -> Json:
    """Return the JSON value in `text`, decimals as `Decimal`. Raises `Unreadable`."""
    if len(text) > MAX_BYTES:
        raise Unreadable("source.large", limit=MAX_BYTES)
    decoded = decode(text) if isinstance(text, bytes) else text
    try:
        value = json.loads(
            decoded,
            object_pairs_hook=_object,
            parse_float=_decimal,
            parse_int=_integer,
            parse_constant=_constant,
        )
    except Unreadable as fault:
        raise _placed(fault, decoded) from None
    except json.JSONDecodeError as fault:
        raise Unreadable("source.syntax", line=fault.lineno, column=fault.colno) from None
    except RecursionError:
        raise Unreadable("source.deep", limit=MAX_DEPTH) from None
    measure(value)
    return value


def decode(content: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 or UTF-32, marked or not. Raises `Unreadable`."""
    try:
        return content.decode(json.detect_encoding(content))
    except UnicodeDecodeError:
        raise Unreadable("source.encoding") from None


def _placed(fault: Unreadable, text: str) -> Unreadable:
    """Return a fault that was found inside the text with the line where it stands."""
    if fault.reason == "source.doubled":
        line = lines.of_doubled(text, fault.data["name"])
    else:
        line = lines.of_number(text, fault.data["value"])
    return Unreadable(fault.reason, line=line, **fault.data)


def measure(value: Json) -> None:
    """Raise `Unreadable` when a decoded value is too deep, too big or holds what JSON cannot."""
    waiting: list[tuple[Json, int, int]] = [(value, 1, 0)]
    seen = 0
    while waiting:
        item, depth, length = waiting.pop()
        seen += 1
        if seen > MAX_VALUES:
            raise Unreadable("source.many", limit=MAX_VALUES)
        if depth > MAX_DEPTH or length > MAX_ADDRESS:
            raise Unreadable("source.deep", limit=MAX_DEPTH)
        if isinstance(item, dict):
            waiting.extend((child, depth + 1, length + len(name) + 1) for name, child in item.items())
        elif isinstance(item, list):
            waiting.extend((child, depth + 1, length + 6) for child in item)
        elif not (item is None or isinstance(item, (str, bool, int, float, Decimal))):
            raise Unreadable("source.syntax", line=0, column=0)


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    once = dict(pairs)
    if len(once) != len(pairs):
        names = [name for name, _ in pairs]
        raise Unreadable("source.doubled", name=next(n for n in names if names.count(n) > 1))
    return once


def _decimal(written: str) -> Decimal | int:
    if len(written) > 40:
        raise Unreadable("source.number", value=written[:20])
    value = Decimal(written)
    if not value.is_finite() or abs(value.adjusted()) > 40:
        raise Unreadable("source.number", value=written[:20])
    return int(value) if value == value.to_integral_value() else value


def _integer(written: str) -> int:
    if len(written) > 40:
        raise Unreadable("source.number", value=written[:20])
    return int(written)


def _constant(written: str) -> Json:
    raise Unreadable("source.number", value=written)
