"""A condition in the form in which the browser evaluates it: typed, compact, only what is needed.

`assets/expressions.js` is the other half; both are tested against one corpus.
"""

from __future__ import annotations

import json
from datetime import date, time
from decimal import Decimal
from typing import Any

from schemas.expressions import Expression, Instant, Node


def compact(expression: Expression) -> str:
    """Return the JSON text of an expression: [operator, argument, …], variables and constants typed."""
    return json.dumps(node(expression.root), separators=(",", ":"), ensure_ascii=False)


def node(part: Node) -> list[Any]:
    """Return one part of an expression as it stands in that text."""
    if part.op == "var":
        rows = [sorted(part.options or ())] if part.type == "rows" else []
        return ["var", part.name, part.type, *rows]
    if part.op == "attr":
        pieces, member = (part.part.pieces, part.part.member) if part.part else (0, "")
        read = ["attr", part.args[0].name, part.name, part.type, part.table, pieces]
        return [*read, member] if member else read
    if part.op == "literal":
        return _literal(part)
    return [part.op, *(node(arg) for arg in part.args)]


def _literal(part: Node) -> list[Any]:
    if part.type == "list":
        return ["list", *(node(arg) for arg in part.args)]
    value = part.value
    if isinstance(value, bool):
        return ["is", value, "boolean"]
    if isinstance(value, Decimal):
        return ["is", f"{value:f}", "number"]
    if isinstance(value, date):
        return ["is", value.isoformat(), "date"]
    if isinstance(value, time):
        return ["is", value.strftime("%H:%M"), "time"]
    if isinstance(value, Instant):
        return ["is", part.name, "datetime"]
    return ["is", str(value), "text"]
