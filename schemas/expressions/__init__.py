"""The closed expression language: conditions, checks and guards that mean one thing everywhere.

Knows the names and types of questions, never their pages, persons or the clock.
"""

from __future__ import annotations

from collections.abc import Iterable

from schemas.expressions.evaluate import Result, evaluate, fails, holds, read
from schemas.expressions.explain import explain, explain_rule
from schemas.expressions.parse import parse
from schemas.expressions.points import Budget, Verdict, judge
from schemas.expressions.simplify import as_json, simplify
from schemas.expressions.tree import COLUMN, UNKNOWN, Expression, Instant, Kind, Node, Part, Scope, Unknown

__all__ = [
    "COLUMN",
    "UNKNOWN",
    "Budget",
    "Expression",
    "Instant",
    "Kind",
    "Node",
    "Part",
    "Result",
    "Scope",
    "Unknown",
    "Verdict",
    "as_json",
    "both",
    "evaluate",
    "explain",
    "explain_rule",
    "fails",
    "holds",
    "judge",
    "names",
    "opposite",
    "parse",
    "read",
    "simplify",
]


def names(expression: Expression | bool | None, *, level: int = 0) -> frozenset[str]:
    """Return the keys of the questions that `expression` reads, so many rows deep (0: outside all rows).

    Questions inside the rows that it goes through itself (`sum`, `some`, `every`) are not among them.
    """
    if not isinstance(expression, Expression):
        return frozenset()
    return frozenset(
        node.name
        for node in expression.root.walk()
        if node.op == "var" and node.level == level and not node.name.startswith(COLUMN)
    )


def both(first: Expression | None, second: Expression | None) -> Expression | None:
    """Return the condition that holds when both hold; None stands for no condition."""
    if first is None or second is None:
        return first or second
    return Expression({"and": [first.raw, second.raw]}, Node("and", "boolean", (first.root, second.root)))


def either(conditions: Iterable[Expression | None]) -> Expression | None:
    """Return the condition that holds when one of `conditions` does; None stands for no condition."""
    given = tuple(conditions)
    known = tuple(one for one in given if one is not None)
    if not known or len(known) < len(given):
        return None
    raw = {"or": [one.raw for one in known]}
    return (
        known[0]
        if len(known) == 1
        else Expression(raw, Node("or", "boolean", tuple(one.root for one in known)))
    )


def opposite(condition: Expression) -> Expression:
    """Return what holds when `condition` does not: of "not, or unknown" the condition inside."""
    inner = condition.root.args[0] if condition.root.op == "!" else None
    held = inner.args if inner is not None and inner.op == "default" else ()
    root = held[0] if held and held[1].value is False else Node("!", "boolean", (condition.root,))
    return Expression(as_json(root), root)
