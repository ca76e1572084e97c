"""Texts that XPath puts together out of others: a missing answer is the empty text there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from builder.jsonschema import logic
from builder.jsonschema.logic import Unsayable
from builder.xlsform import cells, days, overrows, plain, terms, xpath
from builder.xlsform.terms import Term
from schemas.expressions.tree import MAX_JOINED, MAX_PLACES
from schemas.fieldtypes import text

if TYPE_CHECKING:
    from builder.xlsform.translate import Translator

Json = Any
Args = tuple[xpath.Tree, ...]
Part = tuple[Json, int]
"""A text that is never unknown, and how many characters it may have."""
LONGEST_NUMBER = 30


def concat(translator: Translator, args: Args) -> Term:
    if not args:
        raise Unsayable("expression.arguments")
    return _made([said(translator, arg) for arg in args])


def join(translator: Translator, args: Args) -> Term:
    """Put texts together with a text between them: `join(', ', ${a}, ${b})`, or a question in all rows."""
    if len(args) < 2 or not isinstance(args[0], xpath.Text):
        raise Unsayable("expression.arguments")
    between = args[0].value
    if len(args) == 2 and overrows.asked(translator, args[1]):
        rows, node = overrows.rows(translator, args[1:])
        if overrows.shown(node) is not True:
            raise Unsayable("expression.rows_hidden")
        each, _ = _written(translator.answer(node))
        return Term({"default": [{"join": [rows, each, between]}, ""]}, "text", longest=MAX_JOINED)
    parts = [said(translator, arg) for arg in args[1:]]
    apart = [one for part in parts for one in (part, (between, len(between)))]
    return _made(apart[:-1])


def string(of: Term) -> Term:
    """Return any answer as a text."""
    raw, longest = _written(of)
    return of if of.type == "text" else Term(raw, "text", longest=longest)


def said(translator: Translator, tree: xpath.Tree) -> Part:
    """Return a part of a text. A choice between two is one between two texts."""
    if isinstance(tree, xpath.Call) and tree.name == "if" and len(tree.args) == 3:
        when = plain.plain(terms.truth(translator.term(tree.args[0])))
        (yes, most), (no, other) = (said(translator, arg) for arg in tree.args[1:])
        if isinstance(when, bool):
            return (yes, most) if when else (no, other)
        return {"if": [when, yes, no]}, max(most, other)
    return _written(translator.term(tree))


def _made(parts: list[Part]) -> Term:
    """Return parts as one text; a text inside a text is no part of its own."""
    raws = [raw for part, _ in parts for raw in _pieces(part)]
    longest = min(MAX_JOINED, sum(most for _, most in parts))
    if all(isinstance(raw, str) for raw in raws):
        return terms.text("".join(raws))
    if len(raws) > logic.MOST_ARGUMENTS:
        raise Unsayable("expression.long")
    return Term(parts[0][0] if len(parts) == 1 else {"cat": raws}, "text", longest=longest)


def _pieces(part: Json) -> list[Json]:
    return list(part["cat"]) if isinstance(part, dict) and "cat" in part else [part]


def _written(of: Term) -> Part:
    if of.type == "text":
        return _text(of)
    if of.type == "number":
        return _number(of)
    if of.type == "boolean":
        return _boolean(of)
    if of.type == days.YEAR:
        return {"default": [{"cat": [of.raw]}, ""]}, 4
    if of.type == "date" and of.constant:
        return str(of.raw), 10
    if of.type == "date":
        raw = {"cat": [of.raw]}
        return ({"default": [raw, ""]} if of.maybe else raw), 10
    raise Unsayable("expression.made", name="concat")


def _text(of: Term) -> Part:
    if of.constant:
        return of.raw, len(str(of.raw))
    if of.column:
        raise Unsayable("expression.cells")
    raw, longest = of.raw, of.longest or text.LONGEST
    if of.choices is not None and of.node is not None:
        longest = max((len(option.name) for option in of.choices.options), default=0)
        if any(option.name != option.value for option in of.choices.options):
            raw = cells.named(of)
    elif of.node is not None and of.node.type in ("text", "pattern"):
        longest = of.node.settings.get("maxLength", text.LONGEST)
    elif of.node is not None:
        longest = MAX_JOINED
    return ({"default": [raw, ""]} if of.maybe else raw), longest


def _number(of: Term) -> Part:
    """Write a number. One that cannot be worked out is “NaN” in XPath, an answer that is missing is empty."""
    if of.constant:
        return str(of.raw), LONGEST_NUMBER
    if not of.whole and _endless(of.raw):
        raise Unsayable("expression.places")
    raw = {"cat": [of.raw]}
    if not of.maybe:
        return raw, LONGEST_NUMBER
    if of.node is None and _chosen(of.raw):
        raise Unsayable("expression.made", name="concat")
    return {"default": [raw, "NaN" if of.node is None else ""]}, LONGEST_NUMBER


def _boolean(of: Term) -> Part:
    if of.constant:
        return ("true" if of.raw else "false"), 5
    if of.node is None:
        return {"if": [of.raw, "true", "false"]}, 5
    if of.node.type == "consent":
        return {"if": [of.raw, "OK", ""]}, 2
    return {"if": [terms.answered(of), {"if": [of.raw, "true", "false"]}, ""]}, 5


def _endless(raw: Json) -> bool:
    """Say whether a number is a quotient that nothing rounds: XPath writes more places of it."""
    if not isinstance(raw, dict):
        return False
    op, args = next(iter(raw.items()))
    if op == "/":
        return bool(args[2] == MAX_PLACES)
    return op != "round" and isinstance(args, list) and any(map(_endless, args))


def _chosen(raw: Json) -> bool:
    """Say whether a number is one of several, of which one may be the empty text."""
    return isinstance(raw, dict) and next(iter(raw)) in ("if", "default")
