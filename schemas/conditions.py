"""Conditions as JSON Schema: when is an expression definitely true, when definitely false?

Every atom demands that the answer is there, so no schema is true by emptiness. None means that JSON
Schema cannot say it exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from schemas.definition import INLINE_ONLY, Field, Json, Tables
from schemas.expressions import Node, Unknown, read
from schemas.fieldtypes.repeat import MOST
from schemas.walk import is_asked

_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": lt, "<=": le, ">": gt, ">=": ge, "==": eq, "!=": ne,
}  # fmt: skip
NEVER: Json = {"not": {}}
ALWAYS: Json = {}


class Translator:
    """Translates for the questions of one object: all answers (level 0), or a row (so many rows deep).

    A condition that names any other question, or one that is calculated, cannot be said.
    """

    def __init__(self, fields: Mapping[str, Field], tables: Tables = INLINE_ONLY, level: int = 0) -> None:
        self.fields, self.tables, self.level = fields, tables, level

    def true(self, node: Node) -> Json | None:
        return self._say(node, True)

    def false(self, node: Node) -> Json | None:
        return self._say(node, False)

    def _say(self, node: Node, wanted: bool) -> Json | None:
        match node.op:
            case "literal":
                return ALWAYS if node.value is wanted else NEVER
            case "!":
                return self._say(node.args[0], not wanted)
            case "and" | "or":
                parts = [self._say(arg, wanted) for arg in node.args]
                return _joined("allOf" if (node.op == "and") == wanted else "anyOf", parts)
            case "if":
                return self._branch(node, wanted)
            case "answered":
                return self._answered(node.args[0], wanted)
            case "var":
                return self._has(node, {"const": wanted})
            case "default":
                return self._default(node, {"const": wanted}, node.args[1].value is wanted)
            case "in":
                return self._membership(node, wanted)
            case "some" | "every":
                return self._over_rows(node, wanted)
            case "==" | "!=" | "<" | "<=" | ">" | ">=":
                return self._comparison(node, wanted)
        return None

    def _branch(self, node: Node, wanted: bool) -> Json | None:
        condition, first, second = node.args
        ways = (
            _joined("allOf", [self._say(condition, True), self._say(first, wanted)]),
            _joined("allOf", [self._say(condition, False), self._say(second, wanted)]),
        )
        return _joined("anyOf", list(ways))

    def _knows(self, node: Node) -> bool:
        return node.op == "var" and node.level == self.level and node.name in self.fields

    def _answered(self, node: Node, wanted: bool) -> Json | None:
        if not self._knows(node):
            return None
        key = node.name
        there = {"required": [key]}
        return there if wanted else {"not": there}

    def _has(self, node: Node, test: Json | None) -> Json | None:
        if test is None or not self._knows(node):
            return None
        if self.fields[node.name].type == "consent":
            test = {"type": "object", "required": ["accepted"], "properties": {"accepted": test}}
        return {"required": [node.name], "properties": {node.name: test}}

    def _default(self, node: Node, test: Json | None, otherwise: bool) -> Json | None:
        """Say that an answer passes `test`, or is missing where the fallback passes."""
        variable, fallback = node.args
        there = self._has(variable, test)
        if there is None or fallback.op != "literal":
            return None
        return _joined("anyOf", [there, {"not": {"required": [variable.name]}}]) if otherwise else there

    def _membership(self, node: Node, wanted: bool) -> Json | None:
        needle, many = node.args
        if many.type == "list" and needle.op == "attr":
            return self._column(needle, lambda cell: (cell.value in [i.value for i in many.args]) == wanted)
        if many.type == "list":
            test = self._one_of(needle, many, wanted)
            return self._has(needle, test)
        if needle.op != "literal":
            return None
        test = {"contains": {"const": needle.value}}
        return self._has(many, test if wanted else {"not": test})

    def _over_rows(self, node: Node, wanted: bool) -> Json | None:
        """Say what holds in the rows: one that decides, or all of them and at least one."""
        rows, inner = node.args
        if not self._knows(rows):
            return None
        asked = {field.key: field for field in self.fields[rows.name].fields if is_asked(field)}
        said = Translator(asked, self.tables, self.level + 1)._say(inner, wanted)
        if said is None:
            return None
        decides = wanted == (node.op == "some")
        return self._has(rows, {"contains": said} if decides else {"items": said, "minItems": 1})

    def _counted(self, node: Node, op: str, right: Node) -> Json | None:
        """Say how many rows there are; none at all is a missing answer."""
        rows, limit = node.args[0], right.value
        if not self._knows(rows) or not isinstance(limit, Decimal):
            return None
        sizes = [size for size in range(MOST + 1) if _COMPARE[op](Decimal(size), limit)]
        runs = [size for size in sizes if size - 1 not in sizes]
        ends = [size for size in sizes if size + 1 not in sizes]
        spans = [{"minItems": max(1, a), "maxItems": b} for a, b in zip(runs, ends, strict=True) if b]
        some = self._has(rows, {"anyOf": spans}) if spans else NEVER
        return {"anyOf": [some, {"not": {"required": [rows.name]}}]} if 0 in sizes else some

    def _column(self, node: Node, fits: Callable[[Node], bool]) -> Json | None:
        """Say for which options a column of the document's own list fits; others must be looked up."""
        variable = node.args[0]
        if not node.table or not variable.options or not self._knows(variable):
            return None
        values = []
        for value in sorted(variable.options):
            cell = read((self.tables.row(node.table, value) or {}).get(node.name), node.type)
            if not isinstance(cell, Unknown) and fits(Node("literal", node.type, value=cell)):
                values.append(value)
        return self._has(variable, {"enum": values} if values else NEVER)

    def _one_of(self, needle: Node, many: Node, wanted: bool) -> Json | None:
        values = [_constant(item) for item in many.args]
        if any(value is None for value in values) or not self._says_constants(needle):
            return None
        return {"enum": values} if wanted else {"not": {"enum": values}}

    def _says_constants(self, node: Node) -> bool:
        """Tell whether answers are written as one JSON constant (decimals are not: 1.0 is 1.00)."""
        return (
            self._knows(node) and node.type not in ("datetime",) and self.fields[node.name].type != "number"
        )

    def _comparison(self, node: Node, wanted: bool) -> Json | None:
        left, right = node.args
        op = node.op
        if left.op == "literal":
            left, right, op = right, left, _FLIPPED[op]
        if right.op != "literal":
            return None
        op = op if wanted else _OPPOSITE[op]
        if left.op == "count":
            return self._counted(left, op, right)
        if left.op == "attr":
            return self._column(left, lambda cell: _holds(op, cell, right))
        variable = left.args[0] if left.op == "default" else left
        if variable.op != "var" or not self._says_constants(variable):
            return None
        test = _test(op, right)
        if left.op == "var" or test is None:
            return self._has(left, test)
        return self._default(left, test, _holds(op, left.args[1], right))


def _joined(how: str, parts: list[Json | None]) -> Json | None:
    if any(part is None for part in parts):
        return None
    return parts[0] if len(parts) == 1 else {how: parts}


def _constant(node: Node) -> Json | None:
    if isinstance(node.value, Decimal):
        return int(node.value) if node.value == node.value.to_integral_value() else None
    if isinstance(node.value, time):
        return node.value.strftime("%H:%M")
    return node.value.isoformat() if isinstance(node.value, date) else node.value


def _test(op: str, right: Node) -> Json | None:
    """Return the schema of one answer for which `answer op right` holds."""
    if op in ("==", "!="):
        value = _constant(right)
        equal = NEVER if value is None else {"const": value}
        return equal if op == "==" else {"not": equal}
    if not isinstance(right.value, Decimal):
        return None  # JSON Schema cannot put dates in order
    floor = int(right.value.to_integral_value(ROUND_FLOOR))
    ceiling = int(right.value.to_integral_value(ROUND_CEILING))
    limits = {"<": ("maximum", ceiling - 1), "<=": ("maximum", floor)}
    limits |= {">": ("minimum", floor + 1), ">=": ("minimum", ceiling)}
    name, limit = limits[op]
    return {name: limit}


def _holds(op: str, left: Node, right: Node) -> bool:
    if op in ("==", "!="):
        return (left.value == right.value) == (op == "==")
    if isinstance(left.value, (Decimal, date, time)) and type(left.value) is type(right.value):
        return _COMPARE[op](left.value, right.value)
    return False
