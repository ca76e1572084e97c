"""XPath as forms use it, worked out the way its standard says: texts, floats and yes or no, nothing unknown.

Written for the tests alone, beside the translation and without it. A missing answer is the empty text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from builder.xlsform import xpath

Value = str | float | bool | list[str]
"""A list is the answers to a question in all rows."""
TODAY = date(2026, 11, 26)
EPOCH = date(1970, 1, 1)
_ORDER: Mapping[str, Callable[[float, float], bool]] = {
    "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
}  # fmt: skip


def worked_out(written: str, answers: Mapping[str, Any], own: str = "") -> Value:
    """Return the value of an expression; `answers` are texts, several chosen ones with blanks between."""
    return _value(xpath.parse(written), answers, own)


def true(written: str, answers: Mapping[str, str], own: str = "") -> bool:
    return _boolean(worked_out(written, answers, own))


def _value(tree: xpath.Tree, answers: Mapping[str, Any], own: str) -> Value:
    if isinstance(tree, xpath.Number):
        return float(tree.text)
    if isinstance(tree, xpath.Text):
        return tree.value
    if isinstance(tree, xpath.Self):
        return answers.get(own, "")
    if isinstance(tree, xpath.Ref):
        found: Value = answers.get(tree.name, "")
        return found
    if isinstance(tree, xpath.Negative):
        return -_number(_value(tree.of, answers, own))
    if isinstance(tree, xpath.Call):
        return _CALLS[tree.name](*(_value(arg, answers, own) for arg in tree.args))
    assert isinstance(tree, xpath.Binary)
    left = _value(tree.left, answers, own)
    if tree.op in ("and", "or"):
        if _boolean(left) is (tree.op == "or"):
            return _boolean(left)
        return _boolean(_value(tree.right, answers, own))
    return _binary(tree.op, left, _value(tree.right, answers, own))


def _binary(op: str, left: Value, right: Value) -> Value:
    if op in ("=", "!="):
        return _same(left, right) is (op == "=")
    one, other = _number(left), _number(right)
    if op in _ORDER:
        return _ORDER[op](one, other)
    if op == "div":
        return one / other if other else math.nan
    if op == "mod":
        return math.fmod(one, other) if other and not math.isnan(one) else math.nan
    return {"+": one + other, "-": one - other, "*": one * other}[op]


def _same(left: Value, right: Value) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return _boolean(left) == _boolean(right)
    if isinstance(left, float) or isinstance(right, float):
        return _number(left) == _number(right)
    return left == right


def _number(value: Value) -> float:
    if isinstance(value, list):
        return _number(value[0]) if value else math.nan
    if not isinstance(value, str):
        return float(value)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return float((date.fromisoformat(value) - EPOCH).days)
    return float(value) if re.fullmatch(r"-?\d+(\.\d+)?", value) else math.nan


def _boolean(value: Value) -> bool:
    if isinstance(value, float):
        return bool(value) and not math.isnan(value)
    return bool(value)


def _extreme(choose: Callable[[list[float]], float], values: tuple[Value, ...]) -> float:
    numbers = [_number(value) for value in _each(values)]
    return math.nan if not numbers or any(map(math.isnan, numbers)) else choose(numbers)


def _each(values: Iterable[Value]) -> list[Value]:
    """Return single values; a question in all rows gives one for each."""
    return [one for value in values for one in (value if isinstance(value, list) else [value])]


def text(value: Value) -> str:
    """Return `string(…)` of a value (XPath 1.0, section 4.2)."""
    if isinstance(value, list):
        return value[0] if value else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if math.isnan(value):
        return "NaN"
    return str(int(value)) if value == int(value) else f"{value:.10f}".rstrip("0")


def _date_written(of: Value, pattern: str) -> str:
    return date.fromisoformat(text(of)).strftime(pattern) if of else ""


_CALLS: Mapping[str, Callable[..., Any]] = {
    "true": lambda: True,
    "false": lambda: False,
    "not": lambda of: not _boolean(of),
    "selected": lambda of, one: one in of.split(),
    "count-selected": lambda of: float(len(of.split())),
    "string-length": lambda of: float(len(of)),
    "normalize-space": lambda of: " ".join(of.split()),
    "abs": lambda of: abs(_number(of)),
    "pow": lambda of, times: _number(of) ** _number(times),
    "number": _number,
    "int": lambda of: float(int(_number(of))) if not math.isnan(_number(of)) else math.nan,
    "today": TODAY.isoformat,
    "date": lambda of: of,
    "decimal-date-time": _number,
    "coalesce": lambda one, other: one if one != "" else other,
    "if": lambda when, one, other: one if _boolean(when) else other,
    "min": lambda *all_of: _extreme(min, all_of),
    "max": lambda *all_of: _extreme(max, all_of),
    "regex": lambda of, pattern: re.fullmatch(pattern.removeprefix("^").removesuffix("$"), of) is not None,
    "concat": lambda *all_of: "".join(map(text, _each(all_of))),
    "join": lambda between, *all_of: between.join(map(text, _each(all_of))),
    "string": text,
    "sum": lambda of: float(sum(map(_number, of))),
    "count-non-empty": lambda *all_of: float(sum(one != "" for one in _each(all_of))),
    "format-date": _date_written,
    "round": lambda of, places=0.0: round(_number(of), int(places)),
    "contains": lambda of, part: part in of,
    "starts-with": lambda of, part: of.startswith(part),
    "ends-with": lambda of, part: of.endswith(part),
}
