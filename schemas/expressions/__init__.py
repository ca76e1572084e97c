"""The closed expression language: conditions, checks and guards that mean one thing everywhere.

Knows the names and types of questions, never their pages, persons or the clock.
"""

from __future__ import annotations

from schemas.expressions.evaluate import Result, evaluate, fails, holds, read
from schemas.expressions.explain import explain
from schemas.expressions.parse import parse
from schemas.expressions.points import Budget, Verdict, judge
from schemas.expressions.tree import UNKNOWN, Expression, Kind, Node, Scope, Unknown

__all__ = [
    "UNKNOWN",
    "Budget",
    "Expression",
    "Kind",
    "Node",
    "Result",
    "Scope",
    "Unknown",
    "Verdict",
    "evaluate",
    "explain",
    "fails",
    "holds",
    "judge",
    "names",
    "parse",
    "read",
]


def names(expression: Expression | bool | None) -> frozenset[str]:
    """Return the keys of the questions that `expression` reads."""
    if not isinstance(expression, Expression):
        return frozenset()
    return frozenset(node.name for node in expression.root.walk() if node.op == "var")
