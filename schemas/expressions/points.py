"""Can a condition ever be true, ever be false? Tried at the boundary points of its constants.

Exact for conditions that compare answers with constants; anything else is reported as unproven,
never as a finding.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain, combinations, islice, product
from math import prod

from schemas.definition import Json
from schemas.expressions.evaluate import evaluate
from schemas.expressions.tree import Expression, Node

MAX_POINTS = 4_000
MAX_WORDS = 8
_LOGIC = frozenset({"and", "or", "!", "if", "literal", "var", "answered", "default", "in"})
_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
_OTHER = "\N{MIDDLE DOT}"
_EPSILON = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was seen; `proven` tells whether the points stand for every possible set of answers."""

    proven: bool
    can_be_true: bool
    can_be_false: bool
    can_be_unknown: bool

    @property
    def never(self) -> bool:
        return self.proven and not self.can_be_true

    @property
    def always(self) -> bool:
        return self.proven and not (self.can_be_false or self.can_be_unknown)

    @property
    def never_false(self) -> bool:
        return self.proven and not self.can_be_false


UNPROVEN = Verdict(False, True, True, True)


class Budget:
    """How many nodes may still be evaluated: a document full of large conditions must stay cheap."""

    def __init__(self, work: int = 500_000) -> None:
        self.work = work

    def spend(self, work: int) -> bool:
        self.work -= work
        return self.work >= 0


def judge(expression: Expression, budget: Budget | None = None) -> Verdict:
    """Evaluate `expression` at every combination of boundary points, as far as the budget goes."""
    nodes = list(expression.root.walk())
    if not all(_is_simple(node) for node in nodes):
        return UNPROVEN
    variables = {node.name: node for node in nodes if node.op == "var"}
    points = [list(_points(node, nodes)) for node in variables.values()]
    count = prod(len(values) for values in points)
    if count > MAX_POINTS or (budget and not budget.spend(count * len(nodes))):
        return UNPROVEN
    seen = set()
    for values in product(*points):
        answers = {name: value for name, value in zip(variables, values, strict=True) if value is not None}
        seen.add(evaluate(expression, answers, today=date.min))
        if len(seen) == 3:
            break
    return Verdict(True, True in seen, False in seen, not seen <= {True, False})


def _is_simple(node: Node) -> bool:
    if node.op in _COMPARISONS:
        variables = {inner.name for inner in node.walk() if inner.op == "var"}
        return len(variables) == 1 and any(arg.op == "literal" for arg in node.args)
    if node.op == "in" and node.args[1].type == "choices":
        return node.args[0].op == "literal"
    return node.op in _LOGIC


def _points(variable: Node, nodes: list[Node]) -> Iterator[Json]:
    """Yield canonical answers around the constants; None stands for no answer."""
    constants = [node.value for node in nodes if node.op == "literal"]
    yield None
    match variable.type:
        case "boolean":
            yield from (True, False)
        case "number":
            numbers = sorted({value for value in constants if isinstance(value, Decimal)}) or [Decimal(0)]
            yield from (format(n + step, "f") for n in numbers for step in (-_EPSILON, Decimal(0), _EPSILON))
        case "date":
            days = sorted({value for value in constants if isinstance(value, date)}) or [date(2000, 1, 1)]
            yield from {day.isoformat() for value in days for day in _around(value)}
        case "text":
            words = {value for value in constants if isinstance(value, str)}
            yield from sorted(_texts(variable.options, words))
        case "choices":
            words = {value for value in constants if isinstance(value, str)}
            yield from _sets(sorted(_texts(variable.options, words)))
        case _:
            yield [{}]


def _around(day: date) -> list[date]:
    step = timedelta(days=1)
    return [day] + ([day - step] if day > date.min else []) + ([day + step] if day < date.max else [])


def _texts(options: frozenset[str] | None, words: set[str]) -> set[str] | frozenset[str]:
    if options is None:
        return words | {_OTHER}
    return (options & words) | set(islice(sorted(options - words), 1))


def _sets(words: list[str]) -> Iterator[Json]:
    """Yield every non-empty set of `words`; too many words make the whole unprovable."""
    sizes = range(1, len(words) + 1) if len(words) <= MAX_WORDS else range(1, 1)
    yield from map(list, chain.from_iterable(combinations(words, size) for size in sizes))
    if len(words) > MAX_WORDS:
        yield from ([] for _ in range(MAX_POINTS))
