"""The evaluator: total, three-valued (Kleene), exact. It never raises and never evaluates data.

Answers that are missing, empty or not of their question's type are unknown. `and` is decided by one
false, `or` by one true; `default` and `answered` are the only ways out of unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, DecimalException, InvalidOperation
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from schemas.definition import Json
from schemas.expressions.tree import EXACT, MAX_DIGITS, UNKNOWN, Expression, Node, Type, Unknown, Value
from schemas.patterns import is_blank
from schemas.reading import MAX_INTEGER

Result = Value | Unknown
_Answers = Mapping[str, Json]
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def evaluate(expression: Expression, answers: _Answers, *, today: date) -> Result:
    """Return the value of `expression` for canonical JSON `answers`, or UNKNOWN."""
    return _value(expression.root, answers, today)


def holds(expression: Expression | bool | None, answers: _Answers, *, today: date) -> bool:
    """Tell whether a condition is definitely true; no condition at all counts as true."""
    if expression is None or isinstance(expression, bool):
        return expression is not False
    return evaluate(expression, answers, today=today) is True


def fails(expression: Expression | None, answers: _Answers, *, today: date) -> bool:
    """Tell whether a check is definitely false."""
    return expression is not None and evaluate(expression, answers, today=today) is False


def read(answer: Json, wanted: Type) -> Result:
    """Return a canonical JSON answer as the value rules work with; UNKNOWN when there is none."""
    reader = _READERS.get(wanted)
    return reader(answer) if reader else UNKNOWN


def _value(node: Node, answers: _Answers, today: date) -> Result:
    if node.op == "literal":
        return node.value if isinstance(node.value, (bool, Decimal, str, date)) else UNKNOWN
    if node.op == "var":
        return read(answers.get(node.name), node.type)
    if node.op == "today":
        return today
    if node.op in _SPECIAL:
        return _SPECIAL[node.op](node, answers, today)
    values = [_value(arg, answers, today) for arg in node.args]
    if any(value is UNKNOWN for value in values):
        return UNKNOWN
    return _bounded(_STRICT[node.op](*values))


def _and(node: Node, answers: _Answers, today: date) -> Result:
    values = [_value(arg, answers, today) for arg in node.args]
    return False if False in values else UNKNOWN if UNKNOWN in values else True


def _or(node: Node, answers: _Answers, today: date) -> Result:
    values = [_value(arg, answers, today) for arg in node.args]
    return True if True in values else UNKNOWN if UNKNOWN in values else False


def _if(node: Node, answers: _Answers, today: date) -> Result:
    chosen = _value(node.args[0], answers, today)
    return UNKNOWN if chosen is UNKNOWN else _value(node.args[1 if chosen else 2], answers, today)


def _default(node: Node, answers: _Answers, today: date) -> Result:
    first = _value(node.args[0], answers, today)
    return _value(node.args[1], answers, today) if first is UNKNOWN else first


def _answered(node: Node, answers: _Answers, today: date) -> Result:
    return _value(node.args[0], answers, today) is not UNKNOWN


def _in(node: Node, answers: _Answers, today: date) -> Result:
    needle = _value(node.args[0], answers, today)
    if needle is UNKNOWN:
        return UNKNOWN
    if node.args[1].type == "list":
        return any(needle == item.value for item in node.args[1].args)
    many = _value(node.args[1], answers, today)
    return needle in many if isinstance(many, tuple) else UNKNOWN


def _bounded(value: Result) -> Result:
    """Let numbers longer than 30 digits before or after the point count as unknown."""
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        if not isinstance(exponent, int) or exponent < -MAX_DIGITS or value.adjusted() >= MAX_DIGITS:
            return UNKNOWN
    return value


def _round(number: Decimal, places: Decimal) -> Result:
    try:
        return number.quantize(EXACT.scaleb(Decimal(1), -int(places)), rounding=ROUND_HALF_UP, context=EXACT)
    except InvalidOperation:
        return UNKNOWN


def _divide(number: Decimal, by: Decimal, places: Decimal) -> Result:
    """Divide and round half up once, exactly, by way of whole numbers."""
    if by == 0:
        return UNKNOWN
    scale = 10 ** int(places)
    (up, down), (over, under) = number.as_integer_ratio(), by.as_integer_ratio()
    top, bottom = abs(up * under * scale), abs(down * over)
    whole = (2 * top + bottom) // (2 * bottom)
    negative = (number < 0) != (by < 0)
    return EXACT.scaleb(EXACT.create_decimal(-whole if negative else whole), -int(places))


def _total(*numbers: Decimal) -> Decimal:
    result = Decimal(0)
    for number in numbers:
        result = EXACT.add(result, number)
    return result


def _product(*numbers: Decimal) -> Result:
    result: Result = Decimal(1)
    for number in numbers:
        if isinstance(result, Decimal):
            result = _bounded(EXACT.multiply(result, number))
    return result


def _minus(first: Decimal, second: Decimal | None = None) -> Decimal:
    return EXACT.minus(first) if second is None else EXACT.subtract(first, second)


def _days(first: date, second: date) -> Decimal:
    return Decimal((second - first).days)


def _years(first: date, second: date) -> Decimal:
    """Count full years from `first` to `second`; 29 February has its birthday on 1 March."""
    early, late = min(first, second), max(first, second)
    full = late.year - early.year - ((late.month, late.day) < (early.month, early.day))
    return Decimal(full if first <= second else -full)


def _read_number(answer: Json) -> Result:
    if isinstance(answer, bool) or not isinstance(answer, (int, str)):
        return UNKNOWN
    if isinstance(answer, str):
        digits = answer.removeprefix("-").replace(".", "", 1)
        if not (digits.isascii() and digits.isdigit() and len(digits) <= MAX_DIGITS):
            return UNKNOWN
    elif abs(answer) > MAX_INTEGER:
        return UNKNOWN
    try:
        return Decimal(answer)
    except DecimalException:
        return UNKNOWN


def _read_date(answer: Json) -> Result:
    if not isinstance(answer, str) or not _DAY.fullmatch(answer):
        return UNKNOWN
    try:
        return date.fromisoformat(answer)
    except ValueError:
        return UNKNOWN


def _read_choices(answer: Json) -> Result:
    if not isinstance(answer, list) or not answer or not all(isinstance(item, str) for item in answer):
        return UNKNOWN
    return tuple(answer)


def _read_boolean(answer: Json) -> Result:
    """Read yes or no; a consent is yes by what it says of itself."""
    said = answer.get("accepted") if isinstance(answer, dict) else answer
    return said if isinstance(said, bool) else UNKNOWN


def _read_thing(answer: Json) -> Result:
    return "given" if isinstance(answer, (list, dict)) and answer else UNKNOWN


_READERS: Mapping[str, Callable[[Json], Result]] = {
    "text": lambda answer: answer if isinstance(answer, str) and not is_blank(answer) else UNKNOWN,
    "boolean": _read_boolean,
    "number": _read_number,
    "date": _read_date,
    "choices": _read_choices,
    "thing": _read_thing,
}
_SPECIAL: Mapping[str, Callable[[Node, _Answers, date], Result]] = {
    "and": _and,
    "or": _or,
    "if": _if,
    "default": _default,
    "answered": _answered,
    "in": _in,
}
_STRICT: Mapping[str, Callable[..., Any]] = {
    "!": lambda value: not value,
    "==": eq,
    "!=": ne,
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
    "length": lambda text: Decimal(len(text)),
    "+": _total,
    "-": _minus,
    "*": _product,
    "/": _divide,
    "min": lambda *values: min(values),
    "max": lambda *values: max(values),
    "round": _round,
    "days": _days,
    "years": _years,
}
