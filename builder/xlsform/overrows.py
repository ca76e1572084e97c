"""What XPath makes of all rows of a repeat: how many, their sum, the least and the most, their texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from builder.jsonschema import logic
from builder.jsonschema.logic import Unsayable
from builder.xlsform import chosen, terms, xpath
from builder.xlsform.terms import Term
from builder.xlsform.tree import Node

if TYPE_CHECKING:
    from builder.xlsform.translate import Translator

Json = Any
Args = tuple[xpath.Tree, ...]
EXTREMES = {"min": "least", "max": "most"}


def rows(translator: Translator, args: Args) -> tuple[Json, Node]:
    """Return the rows that an argument is about, and the question in them."""
    if len(args) != 1:
        raise Unsayable("expression.arguments")
    node = translator.node(args[0])
    repeat = node if node.kind == "repeat" else node.rows[-1] if node.rows else None
    mine = list(translator.place.node.rows)
    if repeat is None or list(repeat.rows) != mine[: len(repeat.rows)] or repeat in mine:
        raise Unsayable("reference.rows")
    if not translator.place.allows(repeat) and repeat is not translator.place.node:
        raise Unsayable("reference.later")
    return {"var": repeat.key}, node


def asked(translator: Translator, tree: xpath.Tree) -> bool:
    """Say whether an argument is a question in rows that are looked at from outside."""
    if not isinstance(tree, xpath.Ref) or tree.name not in translator.place.named:
        return False
    node = translator.place.named[tree.name]
    return bool(node.rows) and node.kind == "question" and not translator.reaches(node)


def shown(node: Node) -> Json:
    """Return when a row asks the question: XPath passes over what is not relevant."""
    found, at = list[Json](), node
    while at.kind != "repeat" and at.parent is not None:
        if "visible" in at.rules:
            found.append(logic.otherwise(at.rules["visible"], False))
        at = at.parent
    return logic.both(found)


def count_if(translator: Translator, args: Args) -> Term:
    if len(args) != 2:
        raise Unsayable("expression.arguments")
    found, _ = rows(translator, args[:1])
    return _counted(found, _where(translator, *args))


def _where(translator: Translator, repeat: xpath.Tree, where: xpath.Tree) -> Json:
    """Return a condition that is asked in each row."""
    node = translator.node(repeat)
    around = node if node.kind == "repeat" else node.rows[-1]
    raw = translator.at_row(around, where)
    if isinstance(raw, bool):
        raise Unsayable("expression.constant")
    return raw


def _counted(found: Json, where: Json) -> Term:
    return Term({"default": [{"sum": [found, {"if": [where, 1, 0]}]}, 0]}, "number", whole=True)


def count(translator: Translator, args: Args) -> Term:
    if len(args) == 1 and isinstance(args[0], xpath.Some):
        return count_if(translator, (args[0].of, args[0].where))
    found, _ = rows(translator, args)
    return Term({"count": [found]}, "number", whole=True)


def total(translator: Translator, args: Args) -> Term:
    found, node = rows(translator, args)
    of = chosen.as_number(translator.answer(node))
    when = shown(node)
    each = of.raw if when is True else {"if": [when, of.raw, 0]}
    raw = {"if": [{"==": [{"count": [found]}, 0]}, 0, {"sum": [found, each]}]}
    return Term(raw, "number", maybe=True, whole=of.whole)


def count_answered(translator: Translator, args: Args) -> Term:
    if len(args) == 1 and asked(translator, args[0]):
        found, node = rows(translator, args)
        return _counted(found, terms.answered(translator.answer(node)))
    said = [{"if": [terms.answered(translator.term(arg)), 1, 0]} for arg in args]
    if not said:
        raise Unsayable("expression.arguments")
    return Term({"+": said}, "number", whole=True)


def extreme(name: str, translator: Translator, args: Args) -> Term:
    """Return the least or the most of all rows; it is no number as soon as one row has none."""
    found, node = rows(translator, args)
    if shown(node) is not True:
        raise Unsayable("expression.rows_hidden")
    of = chosen.as_number(translator.answer(node))
    return Term({EXTREMES[name]: [found, of.raw]}, "number", maybe=True, whole=of.whole)
