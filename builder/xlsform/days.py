"""Days with a number added to them, and whole numbers by how many signs they have, as XPath compares them.

Our language has neither; a comparison with them can be said in other words.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from builder.jsonschema import logic
from builder.jsonschema.logic import Unsayable
from builder.xlsform import terms
from builder.xlsform.chosen import TURNED
from builder.xlsform.terms import Term
from schemas.fieldtypes.integer import LARGEST

Json = Any
SHIFTED, SIGNS, YEAR = "shifted", "signs", "year"
FIRST_DAY = "0001-01-01"
NONE = Term(0, "number", constant=True, whole=True)


def year(of: Term) -> Term:
    """Return the year of a day: a text in XPath, good here for being reckoned with."""
    if of.type != "date" or of.constant:
        raise Unsayable("expression.day", name="format-date")
    return Term({"+": [{"years": [FIRST_DAY, of.raw]}, 1]}, YEAR, maybe=of.maybe, whole=True)


def written(of: Term) -> Term:
    """Return a day, also this moment's, as one that can be written."""
    if of.type == terms.NOW:
        return Term({"today": []}, "date")
    if of.type != "date" or of.constant:
        raise Unsayable("expression.day", name="format-date")
    return of


def numbered(of: Term) -> Term:
    """Return a year as the number that it is."""
    return replace(of, type="number") if of.type == YEAR else of


def shifted(op: str, left: Term, right: Term) -> Term | None:
    """Return a day and a number of days, or the days between two of them; None when neither is a day."""
    if op not in ("+", "-") or not {left.type, right.type} & {"date", SHIFTED}:
        return None
    if left.type in ("date", SHIFTED) and right.type in ("date", SHIFTED):
        if op == "+":
            raise Unsayable("expression.numbers")
        between = _between(right, left)
        return between if left.shift is None and right.shift is None else _sum(between, _less(left, right))
    day, number = (left, right) if left.type in ("date", SHIFTED) else (right, left)
    if number.type != "number" or (op == "-" and day is right):
        raise Unsayable("expression.numbers")
    return replace(day, type=SHIFTED, node=None, shift=_sum(day.shift or NONE, number, op))


def compared(op: str, left: Term, right: Term) -> Json | None:
    """Return a comparison with shifted days or with a number of signs, None when it is none of these."""
    if SIGNS in (left.type, right.type):
        if left.type != SIGNS:
            op, left, right = TURNED.get(op, op), right, left
        return _signs(op, left, right)
    if SHIFTED not in (left.type, right.type):
        return None
    if {left.type, right.type} - {"date", SHIFTED}:
        raise Unsayable("expression.types")
    return terms.compare(op, _between(right, left), _less(right, left))


def _between(start: Term, end: Term) -> Term:
    if start.constant and end.constant:
        raise Unsayable("expression.constant")
    return terms.worked_out("days", [start, end], "number", whole=True)


def _less(one: Term, other: Term) -> Term:
    """Return by how much more `one` is shifted."""
    return _sum(one.shift or NONE, other.shift or NONE, "-")


def _sum(one: Term, other: Term, op: str = "+") -> Term:
    whole = one.whole and other.whole
    if whole and isinstance(one.raw, int) and isinstance(other.raw, int):
        return Term(one.raw + other.raw if op == "+" else one.raw - other.raw, "number", True, whole=True)
    if other.raw == 0:
        return one
    return terms.worked_out(op, [one, other], "number", whole=whole)


def _signs(op: str, of: Term, limit: Term) -> Json:
    """Compare how many signs a whole number has, its minus counted, with a number."""
    if not (limit.constant and isinstance(limit.raw, int) and op in ("=", *TURNED)):
        raise Unsayable("expression.types")
    least = limit.raw + (op == ">") if op in ("=", ">", ">=") else 0
    most = limit.raw - (op == "<") if op in ("=", "<", "<=") else None
    raw = logic.both([_at_least(of.raw, least), True if most is None else _at_most(of.raw, most)])
    nothing = least <= 0 and (most is None or most >= 0)
    if not of.maybe or raw is nothing:
        return raw
    if isinstance(raw, bool):
        return terms.answered(of) if raw else logic.no(terms.answered(of))
    return logic.otherwise(raw, nothing)


def _at_least(raw: Json, signs: int) -> Json:
    if signs <= 1:
        return True
    return logic.either([{">=": [raw, _known(10 ** (signs - 1))]}, {"<=": [raw, -_known(10 ** (signs - 2))]}])


def _at_most(raw: Json, signs: int) -> Json:
    if signs < 1:
        return False
    below = {">": [raw, -_known(10 ** (signs - 1))]}
    return logic.both([{"<": [raw, _known(10**signs)]}, below])


def _known(number: int) -> int:
    if number > LARGEST:
        raise Unsayable("integer.long")
    return number
