"""JSON → typed expression, or the reasons why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from schemas.definition import Json
from schemas.expressions.constants import constant
from schemas.expressions.tree import (
    COLUMN,
    MAX_DEPTH,
    MAX_NODES,
    MAX_PLACES,
    MAX_TEXT,
    OPERATORS,
    Expression,
    Kind,
    Node,
    Scope,
    Type,
)
from schemas.problems import Problem, error

ORDERED: tuple[Type, ...] = ("number", "date", "time", "datetime")
COMPARABLE: tuple[Type, ...] = ("text", "boolean", *ORDERED)
WRITTEN: tuple[Type, ...] = ("text", "number", "date")
"""What can stand in a text that is put together."""


class _Wrong(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def parse(
    raw: Json, pointer: str, scope: Scope, *, wants: Type | None = "boolean"
) -> tuple[Expression | None, tuple[Problem, ...]]:
    """Check `raw` and give its typed form; never raises.

    `scope` tells which questions there are and which come early enough; `wants` is the type that
    the whole must have, None for any. The first fault found is reported, with the pointer of the wrong part.
    """
    size = _size_problem(raw, pointer)
    if size:
        return None, (size,)
    try:
        parser = _Parser(scope)
        root = parser.any(raw, pointer) if wants is None else parser.typed(raw, pointer, wants)
    except _Wrong as wrong:
        return None, (wrong.problem,)
    return Expression(raw, root), ()


def _size_problem(raw: Json, pointer: str) -> Problem | None:
    """Measure without recursion, so that a tower of operators is harmless."""
    waiting, nodes = [(raw, 1)], 0
    while waiting:
        item, depth = waiting.pop()
        nodes += 1
        if nodes > MAX_NODES:
            return error("expression.nodes", pointer, limit=MAX_NODES)
        if isinstance(item, dict):
            if depth > MAX_DEPTH:
                return error("expression.depth", pointer, limit=MAX_DEPTH)
            for args in item.values():
                waiting.extend((arg, depth + 1) for arg in (args if isinstance(args, list) else [args]))
        elif isinstance(item, list):
            waiting.extend((arg, depth) for arg in item)
            if depth > MAX_DEPTH + 1 or any(isinstance(arg, list) and arg for arg in item):
                return error("expression.depth", pointer, limit=MAX_DEPTH)
    return None


class _Parser:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def typed(self, raw: Json, pointer: str, wants: Type) -> Node:
        """Parse `raw` as a value of the type `wants`; constants take that type if they can."""
        node = self.any(raw, pointer)
        if node.op == "literal":
            node = _literal_as(node, wants, pointer)
        if node.type != wants:
            raise _Wrong(error("expression.type", pointer, wanted=wants, found=node.type))
        return node

    def any(self, raw: Json, pointer: str) -> Node:
        if isinstance(raw, dict):
            return self._operation(raw, pointer)
        if isinstance(raw, bool):
            return Node("literal", "boolean", value=raw)
        if isinstance(raw, int):
            return Node("literal", "number", value=Decimal(raw))
        if isinstance(raw, str):
            if len(raw) > MAX_TEXT:
                raise _Wrong(error("expression.text", pointer, limit=MAX_TEXT))
            return Node("literal", "text", value=raw)
        raise _Wrong(error("expression.empty" if raw is None else "expression.shape", pointer))

    def _operation(self, raw: dict[str, Json], pointer: str) -> Node:
        if len(raw) != 1:
            raise _Wrong(error("expression.shape", pointer))
        op, given = next(iter(raw.items()))
        if op not in OPERATORS:
            raise _Wrong(error("expression.operator", pointer, operator=op))
        args = given if isinstance(given, list) else [given]
        place = f"{pointer}/{op.replace('~', '~0').replace('/', '~1')}"
        least, most = OPERATORS[op]
        if not least <= len(args) <= most:
            raise _Wrong(error("expression.arguments", place, operator=op, least=least, most=most))
        single = not isinstance(given, list)
        return _BUILDERS[op](self, op, args, [place if single else f"{place}/{i}" for i in range(len(args))])

    def var(self, op: str, args: list[Json], places: list[str]) -> Node:
        name = args[0]
        if not isinstance(name, str):
            raise _Wrong(error("expression.shape", places[0]))
        scope: Scope | None = self.scope
        while scope is not None and name not in scope.kinds:
            scope = scope.outer
        if scope is None:
            raise _Wrong(error("references.field", places[0], name=name))
        if name not in scope.allowed:
            raise _Wrong(error("expression.later", places[0], name=name))
        kind = scope.kinds[name]
        options = frozenset(kind.rows) if kind.type == "rows" else kind.options
        return Node("var", kind.type, name=name, options=options, level=scope.level)

    def attr(self, op: str, args: list[Json], places: list[str]) -> Node:
        """Read a part of an answer, or a column of the chosen row."""
        base, name = self.any(args[0], places[0]), args[1]
        if base.op != "var":
            raise _Wrong(error("expression.attr", places[0]))
        kind = self._kind(base)
        if not isinstance(name, str) or name not in kind.parts:
            raise _Wrong(error("expression.part", places[1], name=base.name, known=sorted(kind.parts)))
        part = kind.parts[name]
        return Node(op, part.type, (base,), name=name, part=part, table=kind.table)

    def column(self, op: str, args: list[Json], places: list[str]) -> Node:
        name = args[0]
        if not isinstance(name, str) or name not in self.scope.columns:
            raise _Wrong(error("expression.column", places[0], known=sorted(self.scope.columns)))
        return Node("var", self.scope.columns[name].type, name=f"{COLUMN}{name}", level=self.scope.level)

    def over_rows(self, op: str, args: list[Json], places: list[str]) -> Node:
        """Parse `sum`, `some` and `every`: their second part is asked in every row."""
        rows, inside = self._inside(args[0], places[0])
        wants: Type = "number" if op == "sum" else "boolean"
        return Node(op, wants, (rows, inside.typed(args[1], places[1], wants)))

    def extreme(self, op: str, args: list[Json], places: list[str]) -> Node:
        """Parse `least` and `most`: the smallest or largest value of all rows."""
        rows, inside = self._inside(args[0], places[0])
        node = inside.any(args[1], places[1])
        if node.type not in ORDERED:
            raise _Wrong(error("expression.order", places[1], found=node.type))
        return Node(op, node.type, (rows, node))

    def joined(self, op: str, args: list[Json], places: list[str]) -> Node:
        """Parse `join`: the texts of all rows with a constant between them."""
        rows, inside = self._inside(args[0], places[0])
        between = self.typed(args[2], places[2], "text")
        if between.op != "literal":
            raise _Wrong(error("expression.type", places[2], wanted="text", found=between.type))
        return Node(op, "text", (rows, inside.written(args[1], places[1]), between))

    def cat(self, op: str, args: list[Json], places: list[str]) -> Node:
        parts = tuple(self.written(arg, place) for arg, place in zip(args, places, strict=True))
        return Node(op, "text", parts)

    def written(self, raw: Json, place: str) -> Node:
        """Parse what can be written into a text."""
        node = self.any(raw, place)
        if node.type not in WRITTEN:
            raise _Wrong(error("expression.type", place, wanted="text", found=node.type))
        return node

    def _inside(self, raw: Json, place: str) -> tuple[Node, _Parser]:
        """Return rows, and what reads expressions that are asked in each of them."""
        rows = self._rows(raw, place)
        kinds = self._kind(rows).rows
        return rows, _Parser(Scope(kinds, frozenset(kinds), outer=self.scope))

    def count(self, op: str, args: list[Json], places: list[str]) -> Node:
        return Node(op, "number", (self._rows(args[0], places[0]),))

    def _rows(self, raw: Json, place: str) -> Node:
        node = self.any(raw, place)
        if node.op != "var" or node.type != "rows":
            raise _Wrong(error("expression.rows", place))
        return node

    def _kind(self, variable: Node) -> Kind:
        scope = self.scope
        while scope.outer is not None and scope.level > variable.level:
            scope = scope.outer
        return scope.kinds[variable.name]

    def today(self, op: str, args: list[Json], places: list[str]) -> Node:
        return Node("today", "date")

    def logic(self, op: str, args: list[Json], places: list[str]) -> Node:
        return Node(op, "boolean", self._all(args, places, "boolean"))

    def numbers(self, op: str, args: list[Json], places: list[str]) -> Node:
        return Node(op, "number", self._all(args, places, "number"))

    def least_most(self, op: str, args: list[Json], places: list[str]) -> Node:
        nodes = self._alike(args, places)
        if nodes[0].type not in ORDERED:
            raise _Wrong(error("expression.order", places[0], found=nodes[0].type))
        return Node(op, nodes[0].type, nodes)

    def rounding(self, op: str, args: list[Json], places: list[str]) -> Node:
        digits = args[-1]
        if isinstance(digits, bool) or not isinstance(digits, int) or not 0 <= digits <= MAX_PLACES:
            raise _Wrong(error("expression.places", places[-1], limit=MAX_PLACES))
        return self.numbers(op, args, places)

    def dates(self, op: str, args: list[Json], places: list[str]) -> Node:
        return Node(op, "number", self._all(args, places, "date"))

    def length(self, op: str, args: list[Json], places: list[str]) -> Node:
        return Node(op, "number", self._all(args, places, "text"))

    def answered(self, op: str, args: list[Json], places: list[str]) -> Node:
        node = self.any(args[0], places[0])
        if node.op != "var":
            raise _Wrong(error("expression.answered", places[0]))
        return Node(op, "boolean", (node,))

    def branch(self, op: str, args: list[Json], places: list[str]) -> Node:
        condition = self.typed(args[0], places[0], "boolean")
        nodes = self._alike(args[1:], places[1:])
        return Node(op, nodes[0].type, (condition, *nodes), options=_joined(nodes))

    def fallback(self, op: str, args: list[Json], places: list[str]) -> Node:
        nodes = self._alike(args, places)
        return Node(op, nodes[0].type, nodes, options=_joined(nodes))

    def compare(self, op: str, args: list[Json], places: list[str]) -> Node:
        nodes = self._alike(args, places)
        if op not in ("==", "!=") and nodes[0].type not in ORDERED:
            raise _Wrong(error("expression.order", places[0], found=nodes[0].type))
        if nodes[0].type not in COMPARABLE:
            raise _Wrong(error("expression.compare", places[0], found=nodes[0].type))
        _check_options(nodes, places)
        return Node(op, "boolean", nodes)

    def membership(self, op: str, args: list[Json], places: list[str]) -> Node:
        if isinstance(args[1], list):
            return self._in_list(args[0], args[1], places)
        many = self.any(args[1], places[1])
        if many.type != "choices":
            raise _Wrong(error("expression.in", places[1]))
        needle = self.typed(args[0], places[0], "text")
        _check_options((needle, many), places)
        return Node(op, "boolean", (needle, many))

    def _in_list(self, needle: Json, constants: list[Json], places: list[str]) -> Node:
        if not constants:
            raise _Wrong(error("expression.in", places[1]))
        node = self.any(needle, places[0])
        if node.type not in COMPARABLE:
            raise _Wrong(error("expression.compare", places[0], found=node.type))
        items = []
        for i, written in enumerate(constants):
            item = self.typed(written, f"{places[1]}/{i}", node.type)
            if item.op != "literal":
                raise _Wrong(error("expression.in", f"{places[1]}/{i}"))
            _check_options((node, item), [places[0], f"{places[1]}/{i}"])
            items.append(item)
        return Node("in", "boolean", (node, Node("literal", "list", tuple(items))))

    def _all(self, args: list[Json], places: list[str], wants: Type) -> tuple[Node, ...]:
        return tuple(self.typed(arg, place, wants) for arg, place in zip(args, places, strict=True))

    def _alike(self, args: list[Json], places: list[str]) -> tuple[Node, ...]:
        """Parse arguments that must share one type; constants adapt to the others."""
        nodes = [self.any(arg, place) for arg, place in zip(args, places, strict=True)]
        leading = next((node.type for node in nodes if node.op != "literal"), nodes[0].type)
        for i, (node, place) in enumerate(zip(nodes, places, strict=True)):
            if node.op == "literal":
                nodes[i] = _literal_as(node, leading, place)
            if nodes[i].type != leading:
                raise _Wrong(error("expression.type", place, wanted=leading, found=nodes[i].type))
        return tuple(nodes)


def _literal_as(node: Node, wants: Type, pointer: str) -> Node:
    """Read a text constant as the number, date or time that its place asks for."""
    if node.type != "text" or wants not in ORDERED or not isinstance(node.value, str):
        return node
    value = constant(node.value, wants)
    if value is None:
        raise _Wrong(error("expression.constant", pointer, wanted=wants, value=node.value))
    return replace(node, type=wants, value=value, name=node.value)  # as it was written, to be shown again


def _joined(nodes: tuple[Node, ...]) -> frozenset[str] | None:
    known = [{n.value} if isinstance(n.value, str) else n.options for n in nodes]
    told = [options for options in known if options is not None]
    return frozenset().union(*told) if len(told) == len(known) else None


def _check_options(nodes: tuple[Node, ...], places: list[str]) -> None:
    options = next(
        (node.options for node in nodes if node.op != "literal" and node.options is not None), None
    )
    for node, place in zip(nodes, places, strict=True):
        if options is not None and isinstance(node.value, str) and node.value not in options:
            raise _Wrong(error("expression.option", place, value=node.value))


_BUILDERS: dict[str, Callable[[_Parser, str, list[Json], list[str]], Node]] = {
    "var": _Parser.var,
    "today": _Parser.today,
    "default": _Parser.fallback,
    "and": _Parser.logic,
    "or": _Parser.logic,
    "!": _Parser.logic,
    "if": _Parser.branch,
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">="), _Parser.compare),
    "in": _Parser.membership,
    "answered": _Parser.answered,
    "length": _Parser.length,
    **dict.fromkeys(("+", "-", "*"), _Parser.numbers),
    "min": _Parser.least_most,
    "max": _Parser.least_most,
    "/": _Parser.rounding,
    "round": _Parser.rounding,
    "days": _Parser.dates,
    "years": _Parser.dates,
    "attr": _Parser.attr,
    "column": _Parser.column,
    "count": _Parser.count,
    "least": _Parser.extreme,
    "most": _Parser.extreme,
    "join": _Parser.joined,
    "cat": _Parser.cat,
    **dict.fromkeys(("some", "every", "sum"), _Parser.over_rows),
}
