"""The evaluator: total, three-valued (Kleene), exact. It never raises and never evaluates data.

Answers that are missing, empty or not of their question's type are unknown. `and` is decided by one
false, `or` by one true; `default` and `answered` are the only ways out of unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from schemas.definition import INLINE_ONLY, Json, Tables
from schemas.expressions import constants
from schemas.expressions.tree import (
    EXACT,
    MAX_DIGITS,
    MAX_JOINED,
    UNKNOWN,
    Expression,
    Instant,
    Node,
    Type,
    Unknown,
    Value,
)
from schemas.patterns import is_blank
from schemas.reading import MAX_INTEGER

Result = Value | Unknown
_Answers = Mapping[str, Json]
_VALUES = (bool, Decimal, str, date, time, Instant)


@dataclass(frozen=True, slots=True)
class _Around:
    """What holds during one evaluation, in all rows."""

    today: date
    tables: Tables


def evaluate(
    expression: Expression, answers: _Answers, *, today: date, tables: Tables = INLINE_ONLY
) -> Result:
    """Return the value of `expression` for canonical JSON `answers`, or UNKNOWN.

    `tables` knows the columns of chosen rows; a row it does not know is unknown.
    """
    return _value(expression.root, answers, _Around(today, tables))


def holds(
    expression: Expression | bool | None, answers: _Answers, *, today: date, tables: Tables = INLINE_ONLY
) -> bool:
    """Tell whether a condition is definitely true; no condition at all counts as true."""
    if expression is None or isinstance(expression, bool):
        return expression is not False
    return evaluate(expression, answers, today=today, tables=tables) is True


def fails(
    expression: Expression | None, answers: _Answers, *, today: date, tables: Tables = INLINE_ONLY
) -> bool:
    """Tell whether a check is definitely false."""
    return expression is not None and evaluate(expression, answers, today=today, tables=tables) is False


def read(answer: Json, wanted: Type) -> Result:
    """Return a canonical JSON answer as the value rules work with; UNKNOWN when there is none."""
    reader = _READERS.get(wanted)
    return reader(answer) if reader else UNKNOWN


def _value(node: Node, answers: _Answers, around: _Around) -> Result:
    if node.op == "literal":
        return node.value if isinstance(node.value, _VALUES) else UNKNOWN
    if node.op == "var":
        return read(answers.get(node.name), node.type)
    if node.op == "today":
        return around.today
    if node.op in _SPECIAL:
        return _SPECIAL[node.op](node, answers, around)
    values = [_value(arg, answers, around) for arg in node.args]
    if any(value is UNKNOWN for value in values):
        return UNKNOWN
    return _bounded(_STRICT[node.op](*values))


def _and(node: Node, answers: _Answers, around: _Around) -> Result:
    values = [_value(arg, answers, around) for arg in node.args]
    return False if False in values else UNKNOWN if UNKNOWN in values else True


def _or(node: Node, answers: _Answers, around: _Around) -> Result:
    values = [_value(arg, answers, around) for arg in node.args]
    return True if True in values else UNKNOWN if UNKNOWN in values else False


def _if(node: Node, answers: _Answers, around: _Around) -> Result:
    chosen = _value(node.args[0], answers, around)
    return UNKNOWN if chosen is UNKNOWN else _value(node.args[1 if chosen else 2], answers, around)


def _default(node: Node, answers: _Answers, around: _Around) -> Result:
    first = _value(node.args[0], answers, around)
    return _value(node.args[1], answers, around) if first is UNKNOWN else first


def _answered(node: Node, answers: _Answers, around: _Around) -> Result:
    return _value(node.args[0], answers, around) is not UNKNOWN


def _in(node: Node, answers: _Answers, around: _Around) -> Result:
    needle = _value(node.args[0], answers, around)
    if needle is UNKNOWN:
        return UNKNOWN
    if node.args[1].type == "list":
        return any(needle == item.value for item in node.args[1].args)
    many = _value(node.args[1], answers, around)
    return needle in many if isinstance(many, tuple) else UNKNOWN


def _attr(node: Node, answers: _Answers, around: _Around) -> Result:
    """Read a member of an answer, its first pieces, or a column of the row that was chosen."""
    answer, part = answers.get(node.args[0].name), node.part
    if node.table:
        row = around.tables.row(node.table, answer) if isinstance(answer, str) and answer else None
        return UNKNOWN if row is None else read(row.get(node.name), node.type)
    if part is not None and part.member:
        answer = answer.get(part.member) if isinstance(answer, dict) else None
        if not isinstance(answer, str):
            return UNKNOWN
    if part is not None and part.pieces and isinstance(answer, str):
        pieces = answer.split(".")
        return read(".".join(pieces[: part.pieces]) if len(pieces) >= part.pieces else None, node.type)
    return read(answer.get(node.name), node.type) if isinstance(answer, dict) else UNKNOWN


def _rows(node: Node, answers: _Answers) -> Iterator[_Answers]:
    """Yield what may be read in each row: its own questions hide those around it, answered or not."""
    rows = answers.get(node.name)
    empty = dict.fromkeys(node.options or ())
    for row in rows if isinstance(rows, list) else ():
        yield {**answers, **empty, **(row if isinstance(row, dict) else {})}


def _in_rows(node: Node, answers: _Answers, around: _Around) -> list[Result]:
    return [_value(node.args[1], row, around) for row in _rows(node.args[0], answers)]


def _some(node: Node, answers: _Answers, around: _Around) -> Result:
    values = _in_rows(node, answers, around)
    return True if True in values else UNKNOWN if UNKNOWN in values or not values else False


def _every(node: Node, answers: _Answers, around: _Around) -> Result:
    values = _in_rows(node, answers, around)
    return False if False in values else UNKNOWN if UNKNOWN in values or not values else True


def _sum(node: Node, answers: _Answers, around: _Around) -> Result:
    """Add up over rows; no rows at all, or one that is unknown, leaves the sum unknown."""
    result: Result = Decimal(0)
    values = _in_rows(node, answers, around)
    for value in values:
        if not (isinstance(value, Decimal) and isinstance(result, Decimal)):
            return UNKNOWN
        result = _bounded(EXACT.add(result, value))
    return result if values else UNKNOWN


def _extreme(choose: Callable[[list[Any]], Any]) -> Callable[[Node, _Answers, _Around], Result]:
    """Choose one value of all rows; no rows at all, or one that is unknown, leaves it unknown."""

    def chosen(node: Node, answers: _Answers, around: _Around) -> Result:
        values = _in_rows(node, answers, around)
        result: Result = UNKNOWN if UNKNOWN in values or not values else choose(values)
        return result

    return chosen


def _join(node: Node, answers: _Answers, around: _Around) -> Result:
    """Write the rows one after the other; no rows at all, or one that is unknown, leaves the text unknown."""
    values = _in_rows(node, answers, around)
    if UNKNOWN in values or not values:
        return UNKNOWN
    return _text(str(node.args[2].value).join(map(_written, values)))


def _cat(*values: Any) -> Result:
    return _text("".join(map(_written, values)))


def _text(text: str) -> Result:
    """Let a text that is longer than any answer count as unknown."""
    return text if len(text) <= MAX_JOINED else UNKNOWN


def _written(value: Any) -> str:
    """Write a text, a number without idle zeros, a date as 2026-09-07."""
    if not isinstance(value, Decimal):
        return str(value)
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _count(node: Node, answers: _Answers, around: _Around) -> Result:
    return Decimal(sum(1 for _ in _rows(node.args[0], answers)))


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
    if isinstance(answer, str):
        value = constants.number(answer)
        return UNKNOWN if value is None else value
    if isinstance(answer, bool) or not isinstance(answer, int) or abs(answer) > MAX_INTEGER:
        return UNKNOWN
    return Decimal(answer)


def _text_reader(reader: Callable[[str], Value | None]) -> Callable[[Json], Result]:
    def read_text(answer: Json) -> Result:
        value = reader(answer) if isinstance(answer, str) else None
        return UNKNOWN if value is None else value

    return read_text


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
    "date": _text_reader(constants.day),
    "time": _text_reader(constants.clock),
    "datetime": _text_reader(constants.moment),
    "choices": _read_choices,
    "thing": _read_thing,
    "rows": _read_thing,
}
_SPECIAL: Mapping[str, Callable[[Node, _Answers, _Around], Result]] = {
    "and": _and,
    "or": _or,
    "if": _if,
    "default": _default,
    "answered": _answered,
    "in": _in,
    "attr": _attr,
    "some": _some,
    "every": _every,
    "sum": _sum,
    "count": _count,
    "least": _extreme(min),
    "most": _extreme(max),
    "join": _join,
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
    "cat": _cat,
}
