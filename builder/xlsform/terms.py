"""Typed pieces of an expression on the way from XPath to a document, and what XPath makes of nothing.

In XPath an answer that is missing is an empty text, so a comparison is always yes or no; here it is unknown.
Every condition that is made here is therefore yes or no as well: `default` says what nothing counts as.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from builder.jsonschema import logic
from builder.jsonschema.logic import Unsayable
from builder.jsonschema.values import decimal_text
from builder.xlsform.tree import OTHER, Choices, Node
from schemas.expressions.constants import constant

Json = Any
NOTHING_OF_A_NUMBER = {"/": [0, 0, 0]}  # divided by nothing: unknown, as a number
YES_WORDS, NO_WORDS = ("true", "yes", "1"), ("false", "no", "0")
ORDERED = frozenset(("number", "date", "time", "datetime"))
NOW = "now"


@dataclass(frozen=True)
class Term:
    """A piece: its JSON, its type, whether it is a constant, whether it may be unknown.

    `node` is the question when it is nothing but its answer; `choices` are the options it may have;
    `whole` tells that a number has no decimals; `column` is the head of a column of the list on offer;
    `shift` is the number of days that stands beside a day; `longest` is how many characters a text may have
    that is put together.
    """

    raw: Json
    type: str
    constant: bool = False
    maybe: bool = False
    node: Node | None = None
    choices: Choices | None = None
    whole: bool = False
    column: str = ""
    shift: Term | None = None
    longest: int = 0


def boolean(raw: Json) -> Term:
    return Term(raw, "boolean", constant=isinstance(raw, bool))


def number(text: str) -> Term:
    """Return a number as it is written."""
    value = Decimal(text)
    whole = value == value.to_integral_value()
    return Term(int(value) if whole else decimal_text(value), "number", constant=True, whole=whole)


def negative(of: Term) -> Term:
    """Return a constant number with the other sign."""
    written = str(of.raw)
    return number(written.removeprefix("-") if written.startswith("-") else f"-{written}")


def text(value: str) -> Term:
    return Term(value, "text", constant=True)


def worked_out(op: str, args: list[Term], kind: str, *more: Json, whole: bool = False) -> Term:
    """Return an operation on terms; it is unknown as soon as one of them is."""
    raw = {op: [*(arg.raw for arg in args), *more]}
    return Term(raw, kind, maybe=any(arg.maybe for arg in args), whole=whole)


def truth(term: Term) -> Json:
    """Return a term as a condition: a text that is there, a number that is not 0."""
    if term.type == "boolean":
        return term.raw
    if term.constant:
        return term.raw not in ("", 0)
    if term.type == "number":
        return logic.otherwise({"!=": [term.raw, 0]}, False) if term.maybe else {"!=": [term.raw, 0]}
    return answered(term)


def answered(term: Term) -> Json:
    """Return whether something is answered."""
    if is_made(term):
        return {"!=": [_filled(term), ""]}
    if term.node is None:
        raise Unsayable("expression.empty")
    if not term.maybe and term.type != "boolean":
        return True  # a constraint is only asked of an answer that is there
    if term.type == "rows":
        raise Unsayable("expression.rows")
    return {"answered": {"var": term.node.key}}


def is_made(term: Term) -> bool:
    """Say whether a text is worked out, so that it may be empty without being unknown."""
    cell = isinstance(term.raw, dict) and "attr" in term.raw
    return term.type == "text" and not (cell or term.constant or term.node or term.column or term.choices)


def _number_as_text(one: Term, other: Term) -> bool:
    """Say whether a text that is asked is compared with a number: “05” is the number 5, too."""
    if one.node is None or one.type != "text" or one.choices is not None or "calculate" in one.node.rules:
        return False
    return other.constant and other.type == "number"


def _two_texts(left: Term, right: Term) -> bool:
    """Say whether two texts are compared of which one is no answer: both may be missing, and alike so."""
    texts = all(one.type == "text" and not (one.constant or one.column) for one in (left, right))
    return texts and (left.node is None or right.node is None)


def _filled(term: Term) -> Json:
    return {"default": [term.raw, ""]} if term.maybe else term.raw


def compare(op: str, left: Term, right: Term) -> Json:
    """Return a comparison that is always yes or no."""
    if NOW in (left.type, right.type):
        op, left, right = _with_now(op, left, right)
    if left.constant and right.constant:
        raise Unsayable("expression.constant")
    if op in ("=", "!="):
        for one, other in ((left, right), (right, left)):
            if other.constant and other.raw == "" and other.type == "text":
                found = answered(one)
                return logic.no(found) if op == "=" else found
    if "boolean" in (left.type, right.type):
        return _truths(op, left, right)
    if op in ("=", "!=") and (_number_as_text(left, right) or _number_as_text(right, left)):
        raise Unsayable("expression.types")
    left, right = _alike(left, right)
    if op not in ("=", "!=") and left.type not in ORDERED:
        raise Unsayable("expression.order")
    if is_made(left) or is_made(right) or _two_texts(left, right):
        return {"==" if op == "=" else op: [_filled(left), _filled(right)]}
    raw = {"==" if op == "=" else op: [left.raw, right.raw]}
    if not (left.maybe or right.maybe):
        return raw
    if op in ("=", "!=") and left.node is not None and right.node is not None:
        either = logic.either([answered(left), answered(right)])
        return {"default": [raw, either if op == "!=" else logic.no(either)]}
    return logic.otherwise(raw, op == "!=")


def _with_now(op: str, left: Term, right: Term) -> tuple[str, Term, Term]:
    """Compare a day with this moment: only the day of the moment is known here."""
    today = Term({"today": []}, "date")
    turned = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
    if left.type == NOW:
        left, right, op = right, left, turned.get(op, op)
    if left.type != "date" or op not in turned:
        raise Unsayable("expression.now")
    return {"<": "<=", "<=": "<=", ">": ">", ">=": ">"}[op], left, today


def _truths(op: str, left: Term, right: Term) -> Json:
    """Compare with yes or no, also when it is written as a text or a number."""
    if right.type != "boolean":
        left, right = right, left
    if op not in ("=", "!="):
        raise Unsayable("expression.order")
    if left.type != "boolean":
        word = str(left.raw).lower() if left.constant else ""
        if right.node is not None and right.node.type == "consent" and word == "ok":
            word = "true"
        if word not in YES_WORDS + NO_WORDS:
            raise Unsayable("expression.types")
        left = boolean(word in YES_WORDS)
    if right.constant:
        left, right = right, left
    wanted = truth(right)
    if not left.constant:
        same = {"or": [{"and": [left.raw, wanted]}, {"and": [logic.no(left.raw), logic.no(wanted)]}]}
        return same if op == "=" else logic.no(same)
    return wanted if (left.raw is True) == (op == "=") else logic.no(wanted)


def _alike(left: Term, right: Term) -> tuple[Term, Term]:
    """Give both sides one type; a constant takes that of the other side."""
    for term in (left, right):
        if term.type in ("choices", "thing", "rows"):
            raise Unsayable("expression.choices" if term.type == "choices" else "expression.thing")
    if left.constant:
        left = as_type(left, right)
    elif right.constant:
        right = as_type(right, left)
    if left.type != right.type:
        raise Unsayable("expression.types")
    return left, right


def as_type(term: Term, other: Term) -> Term:
    """Return a constant as what stands beside it: an option's value, a number, a date."""
    if other.type == "text":
        written = str(term.raw)
        if other.choices is not None:
            value = other.choices.value(written)
            if value is None and written == OTHER and other.node is not None and other.node.other:
                value = other.node.other_value
            if value is None:
                raise Unsayable("expression.option")
            written = value
        return replace(term, raw=written, type="text")
    if other.type == "number" and term.type == "text":
        if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,10})?", str(term.raw)):
            raise Unsayable("expression.types")
        return number(str(term.raw))
    if other.type in ("date", "time", "datetime") and term.type == "text":
        if constant(str(term.raw), other.type) is None:
            raise Unsayable("expression.types")
        return replace(term, type=other.type)
    return term
