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
    return json.dumps(_node(expression.root), separators=(",", ":"), ensure_ascii=False)


def _node(node: Node) -> list[Any]:
    if node.op == "var":
        rows = [sorted(node.options or ())] if node.type == "rows" else []
        return ["var", node.name, node.type, *rows]
    if node.op == "attr":
        pieces, member = (node.part.pieces, node.part.member) if node.part else (0, "")
        return [
            "attr",
            node.args[0].name,
            node.name,
            node.type,
            node.table,
            pieces,
            *([member] if member else []),
        ]
    if node.op == "literal":
        return _literal(node)
    return [node.op, *(_node(arg) for arg in node.args)]


def _literal(node: Node) -> list[Any]:
    if node.type == "list":
        return ["list", *(_node(arg) for arg in node.args)]
    value = node.value
    if isinstance(value, bool):
        return ["is", value, "boolean"]
    if isinstance(value, Decimal):
        return ["is", f"{value:f}", "number"]
    if isinstance(value, date):
        return ["is", value.isoformat(), "date"]
    if isinstance(value, time):
        return ["is", value.strftime("%H:%M"), "time"]
    if isinstance(value, Instant):
        return ["is", node.name, "datetime"]
    return ["is", str(value), "text"]
