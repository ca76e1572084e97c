"""Plain JSON values: what type they are, and when two are the same."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

Json = Any


def is_number(value: Json) -> bool:
    return isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)


def exact(value: Json) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))


def type_of(value: Json) -> str:
    """Return the JSON type of a value; whole numbers are integers."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if is_number(value):
        return "integer" if exact(value) == exact(value).to_integral_value() else "number"
    return "string" if isinstance(value, str) else "array" if isinstance(value, list) else "object"


def ident(value: Json) -> str:
    """Return what tells JSON values apart: `true` is not 1, 1.0 is, the order of members means nothing."""
    return json.dumps(plain(value), sort_keys=True, ensure_ascii=False)


def plain(value: Json) -> Json:
    """Return a value as `json` writes it, whole numbers without a fraction."""
    if isinstance(value, dict):
        return {name: plain(child) for name, child in value.items()}
    if isinstance(value, list):
        return [plain(child) for child in value]
    if isinstance(value, (float, Decimal)):
        return int(value) if value == int(value) else float(value)
    return value
