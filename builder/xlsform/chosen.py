"""What XPath makes of chosen answers: how many there are, exactly which one, and their names as numbers."""

from __future__ import annotations

import re
from decimal import Decimal
from operator import ge, gt, le, lt
from typing import Any

from builder.jsonschema import logic
from builder.jsonschema.logic import Unsayable
from builder.xlsform import terms
from builder.xlsform.terms import Term

Json = Any
MOST_COUNTED = 30
"""How many answers a list may have that are counted one by one."""
_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
_ORDER = {"<": lt, "<=": le, ">": gt, ">=": ge}
TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def count(of: Term) -> Term:
    """Return how many answers are chosen; none are when nothing is answered."""
    if of.type == "text" and of.choices is not None:
        return Term({"if": [terms.answered(of), 1, 0]}, "number", whole=True)
    if of.type != "choices" or of.choices is None:
        raise Unsayable("expression.types")
    values = [option.value for option in of.choices.options]
    if not 0 < len(values) <= MOST_COUNTED:
        raise Unsayable("expression.long")
    raw: Json = {"+": [{"if": [{"in": [value, of.raw]}, 1, 0]} for value in values]}
    return Term({"default": [raw, 0]} if of.maybe else raw, "number", whole=True)


def compared(op: str, left: Term, right: Term) -> Json | None:
    """Return a comparison with chosen answers, None when it is none of these."""
    for one, other, turned in ((left, right, op), (right, left, TURNED.get(op, op))):
        if (
            one.choices is None
            or one.node is None
            or not other.constant
            or other.type not in ("text", "number")
        ):
            continue
        if one.type == "choices" and op in ("=", "!=") and other.raw != "":
            found = exactly(one, str(other.raw))
            return found if op == "=" else logic.no(found)
        if one.type == "text" and other.type == "number" and op in ("=", "!="):
            found = _equal(one, other)
            return found if op == "=" or found is None else logic.no(found)
        if one.type == "text" and op in _ORDER and _NUMBER.fullmatch(str(other.raw)):
            return _ordered(turned, one, Decimal(str(other.raw)))
    return None


def exactly(several: Term, name: str) -> Json:
    """Return whether this answer is chosen and no other."""
    assert several.choices is not None
    value = several.choices.value(name)
    if value is None:
        raise Unsayable("expression.option")
    rest = [option.value for option in several.choices.options if option.value != value]
    raw = logic.both([{"in": [value, several.raw]}, *({"!": [{"in": [one, several.raw]}]} for one in rest)])
    return logic.otherwise(raw, False) if several.maybe else raw


def _equal(one: Term, other: Term) -> Json | None:
    """Name the answers that are a number; None where one is and is written as the number is."""
    assert one.choices is not None
    same = [
        option
        for option in one.choices.options
        if _NUMBER.fullmatch(option.name) and Decimal(option.name) == Decimal(str(other.raw))
    ]
    if not same or [option.name for option in same] == [str(other.raw)]:
        return None
    values = [option.value for option in same]
    raw = {"in": [one.raw, values]} if len(values) > 1 else {"==": [one.raw, values[0]]}
    return logic.otherwise(raw, False) if one.maybe else raw


def _ordered(op: str, one: Term, limit: Decimal) -> Json:
    """Name the answers that are small or large enough; names that are no numbers never are."""
    assert one.choices is not None
    numbers = {option.value: option.name for option in one.choices.options if _NUMBER.fullmatch(option.name)}
    if not numbers:
        raise Unsayable("expression.order")
    values = [value for value, name in numbers.items() if _ORDER[op](Decimal(name), limit)]
    if not values:
        return False
    raw = {"in": [one.raw, values]}
    return logic.otherwise(raw, False) if one.maybe else raw


def as_number(of: Term) -> Term:
    """Return the name of the chosen answer, or yes and no, as a number; unknown while nothing is chosen."""
    if of.type == "number":
        return of
    if of.type == "boolean" and of.node is None and not of.constant:  # yes is 1, no is 0 in XPath
        return Term({"if": [of.raw, 1, 0]}, "number", whole=True)
    if of.type != "text" or of.choices is None or of.constant:
        raise Unsayable("expression.numbers")
    names = {option.value: option.name for option in of.choices.options}
    if not 0 < len(names) <= MOST_COUNTED or not all(_NUMBER.fullmatch(name) for name in names.values()):
        raise Unsayable("expression.numbers")
    parts = [
        {"if": [{"==": [of.raw, value]}, _said(terms.number(name).raw), 0]}
        for value, name in names.items()
        if Decimal(name)
    ]
    if not parts:
        raise Unsayable("expression.constant")
    whole = all("." not in name for name in names.values())
    return Term({"+": parts}, "number", maybe=of.maybe, whole=whole)


def _said(raw: Json) -> Json:
    return {"+": [raw]} if isinstance(raw, str) else raw
