"""The shortest expression of the same meaning, and expressions as JSON again.

Every step keeps the three-valued result for every possible set of answers, so that a condition put
together by clicks can be tidied without anybody noticing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, time
from decimal import Decimal

from schemas.definition import Json
from schemas.expressions.evaluate import evaluate
from schemas.expressions.parse import parse
from schemas.expressions.tree import COLUMN, Expression, Instant, Node, Scope

_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_OVER_ROWS = ("some", "every", "sum", "least", "most", "join", "count")
_NEVER_FOLDED = frozenset({"var", "literal", "today", "attr", "answered", *_OVER_ROWS})
TRUE, FALSE = Node("literal", "boolean", value=True), Node("literal", "boolean", value=False)


def simplify(expression: Expression, scope: Scope) -> Expression:
    """Return an expression that is true, false, unknown or of one value exactly when the given one is.

    It can be written down and read again in `scope`. Where the shorter form could not (a constant takes
    its type from its neighbours, and may have lost them), the given one is the answer.
    """
    if expression.type == "list":
        return expression
    read, _problems = parse(as_json(_simple(expression.root)), "", scope, wants=expression.type)
    return expression if read is None else read


def as_json(node: Node) -> Json:
    """Write a node as it stands in a document."""
    if node.op == "literal":
        return [as_json(item) for item in node.args] if node.type == "list" else _constant(node)
    if node.op == "var":
        column = node.name.startswith(COLUMN)
        return {"column": node.name.removeprefix(COLUMN)} if column else {"var": node.name}
    if node.op == "attr":
        return {"attr": [as_json(node.args[0]), node.name]}
    return {node.op: [as_json(arg) for arg in node.args]}


def _constant(node: Node) -> Json:
    value = node.value
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value() and abs(value) < 2**53
        return int(value) if whole else format(value, "f")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, Instant):
        return node.name
    return value.isoformat() if isinstance(value, date) else value


def _simple(node: Node) -> Node:
    if node.op in ("literal", "var", "attr"):
        return node
    node = replace(node, args=tuple(_simple(arg) for arg in node.args))
    if node.op not in _NEVER_FOLDED and all(_is_constant(arg) for arg in node.args):
        return _folded(node)
    rule = _RULES.get(node.op)
    return rule(node) if rule else node


def _is_constant(node: Node) -> bool:
    return node.op == "literal" and (node.type == "list" or node.value is not None)


def _folded(node: Node) -> Node:
    """Work out an operation on constants; one that gives nothing, such as a division by zero, stays.

    So does one that gives 2.00: written as 2 it would have fewer of the digits that a result may have.
    """
    value = evaluate(Expression(None, node), {}, today=date.min)
    if not isinstance(value, (bool, Decimal)) or _has_idle_zeros(value):
        return node
    return _unless_text(node, Node("literal", node.type, value=value))


def _has_idle_zeros(value: bool | Decimal) -> bool:
    if isinstance(value, bool):
        return False
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent < 0 and value == value.to_integral_value()


def _joined(node: Node) -> Node:
    """Flatten `and` and `or`, drop what says nothing and what is said twice."""
    idle, decisive = (TRUE, FALSE) if node.op == "and" else (FALSE, TRUE)
    parts: list[Node] = []
    for arg in node.args:
        for part in arg.args if arg.op == node.op else (arg,):
            if part.op == "literal" and part.value is decisive.value:
                return decisive
            if not (part.op == "literal" and part.value is idle.value) and part not in parts:
                parts.append(part)
    if not parts:
        return idle
    return parts[0] if len(parts) == 1 else replace(node, args=tuple(parts))


def _negated(node: Node) -> Node:
    inner = node.args[0]
    if inner.op == "!":
        return inner.args[0]
    return replace(inner, op=_OPPOSITE[inner.op]) if inner.op in _OPPOSITE else node


def _branched(node: Node) -> Node:
    condition, first, second = node.args
    if condition.op != "literal":
        return node
    return _unless_text(node, first if condition.value is True else second)


def _defaulted(node: Node) -> Node:
    """A constant needs no fallback, and neither does what is never unknown."""
    known = node.args[0].op in ("literal", "answered", "count", "today")
    return _unless_text(node, node.args[0]) if known else node


def _unless_text(node: Node, short: Node) -> Node:
    """Keep `node` where a constant written as text would take its place.

    Read again, it might be another type (a date alone is a text), or not be one of the options beside it.
    """
    return node if short.op == "literal" and isinstance(as_json(short), str) else short


def _single(node: Node) -> Node:
    """The sum, product, least or most of one thing is that thing."""
    return _unless_text(node, node.args[0]) if len(node.args) == 1 else node


def _membership(node: Node) -> Node:
    needle, many = node.args
    if many.type != "list":
        return node
    items = tuple(dict.fromkeys(many.args))
    if len(items) == 1:
        return Node("==", "boolean", (needle, items[0]))
    return replace(node, args=(needle, replace(many, args=items)))


_RULES: Mapping[str, Callable[[Node], Node]] = {
    "and": _joined,
    "or": _joined,
    "!": _negated,
    "if": _branched,
    "default": _defaulted,
    "in": _membership,
    "+": _single,
    "*": _single,
    "min": _single,
    "max": _single,
}
