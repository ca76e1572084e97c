"""Can a condition ever be true, ever be false? Tried at the boundary points of its constants.

Exact for conditions that compare answers with constants; anything else is reported as unproven,
never as a finding.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import chain, combinations, islice, product
from math import prod

from schemas.definition import INLINE_ONLY, Json, Tables
from schemas.expressions.evaluate import evaluate
from schemas.expressions.tree import COLUMN, Expression, Instant, Node

MAX_POINTS = 4_000
MAX_WORDS = 8
MAX_ROWS = 200
_LOGIC = frozenset({"and", "or", "!", "if", "literal", "var", "answered", "default", "in", "attr"})
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


def judge(expression: Expression, budget: Budget | None = None, tables: Tables = INLINE_ONLY) -> Verdict:
    """Evaluate `expression` at every combination of boundary points, as far as the budget goes."""
    nodes = list(expression.root.walk())
    if not all(is_simple(node) for node in nodes):
        return UNPROVEN
    variables = {node.name: node for node in nodes if node.op == "var"}
    points = [list(around(node, nodes)) for node in variables.values()]
    count = prod(len(values) for values in points)
    if count > MAX_POINTS or (budget and not budget.spend(count * len(nodes))):
        return UNPROVEN
    seen = set()
    for values in product(*points):
        answers = {name: value for name, value in zip(variables, values, strict=True) if value is not None}
        seen.add(evaluate(expression, answers, today=date.min, tables=tables))
        if len(seen) == 3:
            break
    return Verdict(True, True in seen, False in seen, not seen <= {True, False})


def is_simple(node: Node) -> bool:
    """Tell whether boundary points stand for every answer that the operation can be given."""
    if node.op == "var" and (node.type == "rows" or node.name.startswith(COLUMN)):
        return False
    if node.op == "attr":
        return bool(node.table) and node.args[0].options is not None and len(node.args[0].options) <= MAX_ROWS
    if node.op in _COMPARISONS:
        variables = {inner.name for inner in node.walk() if inner.op == "var"}
        return len(variables) == 1 and any(arg.op == "literal" for arg in node.args)
    if node.op == "in" and node.args[1].type == "choices":
        return node.args[0].op == "literal"
    return node.op in _LOGIC


def around(variable: Node, nodes: list[Node]) -> Iterator[Json]:
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
            yield from {day.isoformat() for value in days for day in _days(value)}
        case "time":
            clocks = {value for value in constants if isinstance(value, time)} or {time(12)}
            yield from {text for value in clocks for text in _around_clock(value)}
        case "datetime":
            moments = {value.seconds for value in constants if isinstance(value, Instant)} or {0}
            yield from {text for value in moments for text in _around_moment(value)}
        case "text" if any(node.op == "attr" and node.args[0].name == variable.name for node in nodes):
            yield from sorted(variable.options or ())
        case "text":
            words = {value for value in constants if isinstance(value, str)}
            yield from sorted(_texts(variable.options, words))
        case "choices":
            words = {value for value in constants if isinstance(value, str)}
            yield from _sets(sorted(_texts(variable.options, words)))
        case _:
            yield [{}]


def _days(day: date) -> list[date]:
    step = timedelta(days=1)
    return [day] + ([day - step] if day > date.min else []) + ([day + step] if day < date.max else [])


def _around_clock(value: time) -> list[str]:
    minutes = value.hour * 60 + value.minute
    near = [minute for minute in (minutes - 1, minutes, minutes + 1) if 0 <= minute < 24 * 60]
    return [f"{minute // 60:02}:{minute % 60:02}" for minute in near]


def _around_moment(seconds: int) -> list[str]:
    """Return the moment itself, in UTC, and the seconds before and after it, where the calendar has them."""
    first, last = 86_400, (date.max.toordinal() + 1) * 86_400
    near = [second for second in (seconds - 1, seconds, seconds + 1) if first <= second < last]
    begin = datetime(1, 1, 1, tzinfo=UTC)
    return [(begin + timedelta(seconds=second - first)).isoformat() for second in near]


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
