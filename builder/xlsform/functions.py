"""The functions and the arithmetic of XLSForm that can be said here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from builder.jsonschema import logic
from builder.jsonschema.logic import Unsayable
from builder.xlsform import cells, chosen, days, joined, overrows, plain, terms, xpath
from builder.xlsform.terms import NOW, Term
from builder.xlsform.tree import Choices
from schemas.expressions.constants import constant
from schemas.expressions.tree import MAX_PLACES

if TYPE_CHECKING:
    from builder.xlsform.translate import Translator

Json = Any
Args = tuple[xpath.Tree, ...]
NEVER = ("choices", "thing", "rows", NOW, days.SHIFTED, days.SIGNS, days.YEAR)
"""Types that no formula gives."""
HIGHEST_POWER = 6


def arithmetic(op: str, left: Term, right: Term) -> Term:
    """Return + - * div mod of two numbers; the difference of two days is a number."""
    if (days_of := days.shifted(op, left, right)) is not None:
        return days_of
    if left.type == "text" and left.constant:
        left = terms.as_type(left, replace(right, constant=False))
    if right.type == "text" and right.constant:
        right = terms.as_type(right, replace(left, constant=False))
    left, right = chosen.as_number(days.numbered(left)), chosen.as_number(days.numbered(right))
    if op == "-" and left.constant and left.raw == 0 and right.constant:
        return terms.negative(right)
    whole = left.whole and right.whole
    if op == "div":
        return terms.worked_out("/", [left, right], "number", MAX_PLACES)
    if op == "mod":
        if not whole:
            raise Unsayable("expression.whole", name="mod")
        parts = truncated(terms.worked_out("/", [left, right], "number", MAX_PLACES))
        return terms.worked_out(
            "-", [left, terms.worked_out("*", [right, parts], "number")], "number", whole=True
        )
    return terms.worked_out(op, [left, right], "number", whole=whole)


def truncated(of: Term) -> Term:
    """Cut the decimals off; our own rounding is half up, away from zero."""
    if of.whole:
        return of
    down = {"-": [{"round": [{"+": [of.raw, "0.5"]}, 0]}, 1]}
    up = {"-": [1, {"round": [{"+": [{"-": [of.raw]}, "0.5"]}, 0]}]}
    if _never_negative(of.raw):
        return replace(of, raw=down, whole=True)
    return replace(of, raw={"if": [{">=": [of.raw, 0]}, down, up]}, whole=True)


def _never_negative(raw: Json) -> bool:
    return isinstance(raw, dict) and "length" in raw


def settle(choices: Choices, head: str, other: Term) -> None:
    """Refuse to compare cells, which are texts, with anything but texts."""
    if other.type != "text":
        raise Unsayable("expression.cells")
    if other.choices is not None:
        choices.through[head] = other.choices


def _one(translator: Translator, args: Args, *, most: int = 1) -> Term:
    if not 1 <= len(args) <= most:
        raise Unsayable("expression.arguments")
    return translator.term(args[0])


def _constant(value: bool) -> Callable[[Translator, Args], Term]:
    return lambda _translator, _args: terms.boolean(value)


def _not(translator: Translator, args: Args) -> Term:
    return terms.boolean(logic.no(terms.truth(_one(translator, args))))


def _bool(translator: Translator, args: Args) -> Term:
    return terms.boolean(terms.truth(_one(translator, args)))


def _selected(translator: Translator, args: Args) -> Term:
    if len(args) != 2:
        raise Unsayable("expression.arguments")
    several, one = translator.term(args[0]), translator.term(args[1])
    if several.type == "text":
        if one.column and translator.place.offered is not None:
            settle(translator.place.offered, one.column, several)
        return terms.boolean(terms.compare("=", several, one))
    if several.type != "choices" or several.node is None:
        raise Unsayable("expression.choices")
    needle = terms.as_type(one, replace(several, type="text")) if one.constant else one
    if needle.type != "text":
        raise Unsayable("expression.types")
    if one.column and translator.place.offered is not None:
        settle(translator.place.offered, one.column, replace(several, type="text"))
    raw = {"in": [needle.raw, several.raw]}
    return terms.boolean(logic.otherwise(raw, False) if several.maybe or needle.maybe else raw)


def _if(translator: Translator, args: Args) -> Term:
    if len(args) != 3:
        raise Unsayable("expression.arguments")
    when = plain.plain(terms.truth(translator.term(args[0])))
    one, other = _alike(translator, args[1:])
    return _chosen(
        lambda yes, no: {"if": [when, _decided(yes, when), _decided(no, logic.no(when))]}, one, other
    )


def _decided(value: Json, known: Json) -> Json:
    """Return what is left of a value where a condition holds: an `if` that asks just that is decided."""
    asked = value.get("if") if isinstance(value, dict) else None
    if not asked:
        return value
    when = plain.plain(asked[0])
    return (
        asked[1]
        if when == plain.plain(known)
        else asked[2]
        if when == plain.plain(logic.no(known))
        else value
    )


def _coalesce(translator: Translator, args: Args) -> Term:
    if len(args) != 2:
        raise Unsayable("expression.arguments")
    one, other = _alike(translator, args)
    if not one.maybe:
        return one
    made = _chosen(lambda first, second: {"default": [first, second]}, one, other)
    return replace(made, maybe=other.maybe)


def _alike(translator: Translator, args: Args) -> tuple[Term, Term]:
    """Return two values of one type; an empty text beside a number is a number that is not known."""
    one, other = translator.term(args[0]), translator.term(args[1])
    nothing = Term(terms.NOTHING_OF_A_NUMBER, "number", maybe=True)
    if one.type == "number" and other.raw == "":
        other = nothing
    elif other.type == "number" and one.raw == "":
        one = nothing
    elif one.constant and not other.constant:
        one = terms.as_type(one, replace(other, choices=None))
    elif other.constant and not one.constant:
        other = terms.as_type(other, replace(one, choices=None))
    if one.type != other.type or one.type in NEVER:
        raise Unsayable("expression.types")
    return one, other


def _chosen(make: Callable[[Json, Json], Json], one: Term, other: Term) -> Term:
    """Put two values into an operation; a number written as a text needs a sign of being one there."""
    raws = [
        {"+": [term.raw]} if term.type == "number" and isinstance(term.raw, str) else term.raw
        for term in (one, other)
    ]
    if one.type in ("date", "time", "datetime") and one.constant and other.constant:
        raise Unsayable("expression.constant")
    return Term(
        make(*raws), one.type, maybe=one.maybe or other.maybe, whole=one.whole and other.whole,
        longest=max(one.longest, other.longest),
    )  # fmt: skip


def _length(translator: Translator, args: Args) -> Term:
    of = _one(translator, args)
    if of.type == "number" and of.whole and not of.constant:
        return replace(of, type=days.SIGNS)
    if of.type != "text" or of.constant:
        raise Unsayable("expression.types")
    raw = {"length": [of.raw]}
    return Term({"default": [raw, 0]} if of.maybe else raw, "number", whole=True)


def _today(_translator: Translator, _args: Args) -> Term:
    return Term({"today": []}, "date")


def _now(_translator: Translator, _args: Args) -> Term:
    return Term(None, NOW)


def _date(translator: Translator, args: Args) -> Term:
    of = _one(translator, args)
    if of.type in ("date", days.SHIFTED) and not of.constant:
        return of
    if of.type == NOW:
        return Term({"today": []}, "date")
    if not of.constant or constant(str(of.raw)[:10], "date") is None:
        raise Unsayable("expression.date")
    return Term(str(of.raw)[:10], "date", constant=True)


def _int(translator: Translator, args: Args) -> Term:
    of = _number(translator, args)
    return of if of.constant and of.whole else truncated(of)


def _number(translator: Translator, args: Args) -> Term:
    of = _one(translator, args)
    if of.constant and of.type == "text":
        return terms.as_type(of, Term(None, "number"))
    return chosen.as_number(days.numbered(of))


def _string(translator: Translator, args: Args) -> Term:
    return joined.string(_one(translator, args))


def _formatted(translator: Translator, args: Args) -> Term:
    """Return the year of a day, of which a number can be made, or the whole day; no other parts of it."""
    if len(args) == 2 and args[1] == xpath.Text("%Y-%m-%d"):
        of = translator.term(args[0])
        return joined.string(days.written(of))
    if len(args) != 2 or args[1] != xpath.Text("%Y"):
        raise Unsayable("expression.made", name="format-date")
    return days.year(translator.term(args[0]))


def _absolute(translator: Translator, args: Args) -> Term:
    of = _number(translator, args)
    if of.constant:
        raise Unsayable("expression.constant")
    return Term({"max": [of.raw, {"-": [of.raw]}]}, "number", maybe=of.maybe, whole=of.whole)


def _power(translator: Translator, args: Args) -> Term:
    """Multiply a number with itself; other powers have no exact value."""
    if len(args) != 2:
        raise Unsayable("expression.arguments")
    of, times = _number(translator, args[:1]), translator.term(args[1])
    if not (times.constant and isinstance(times.raw, int) and 1 <= times.raw <= HIGHEST_POWER):
        raise Unsayable("expression.function", name="pow")
    return terms.worked_out("*", [of] * times.raw, "number", whole=of.whole)


def _count_chosen(translator: Translator, args: Args) -> Term:
    return chosen.count(_one(translator, args))


def _day_number(translator: Translator, args: Args) -> Term:
    """Return a day: as a number it is only good for being compared, and for what lies between two."""
    of = _one(translator, args)
    if of.type not in ("date", days.SHIFTED) or of.constant:
        raise Unsayable("expression.day", name="decimal-date-time")
    return replace(of, node=None)


def _round(translator: Translator, args: Args) -> Term:
    of = _one(translator, args, most=2)
    places = translator.term(args[1]) if len(args) == 2 else terms.number("0")
    if of.type != "number" or not (places.constant and isinstance(places.raw, int)):
        raise Unsayable("expression.numbers")
    if not 0 <= places.raw <= MAX_PLACES:
        raise Unsayable("expression.numbers")
    if isinstance(of.raw, dict) and "/" in of.raw and of.raw["/"][2] >= places.raw:
        divided = {"/": [*of.raw["/"][:2], places.raw]}  # rounded once, as it is written
        return replace(of, raw=divided, node=None, whole=places.raw == 0)
    return terms.worked_out("round", [of], "number", places.raw, whole=places.raw == 0)


def _least_most(op: str) -> Callable[[Translator, Args], Term]:
    def made(translator: Translator, args: Args) -> Term:
        if len(args) == 1 and overrows.asked(translator, args[0]):
            return overrows.extreme(op, translator, args)
        found = [translator.term(arg) for arg in args]
        if len(found) < 2:
            raise Unsayable("expression.rows")
        found = [chosen.as_number(term) if not term.constant else term for term in found]
        if any(term.type != "number" for term in found):
            raise Unsayable("expression.numbers")
        return terms.worked_out(op, found, "number", whole=all(term.whole for term in found))

    return made


KNOWN: Mapping[str, Callable[[Any, Args], Term]] = {
    "true": _constant(True),
    "false": _constant(False),
    "not": _not,
    "boolean": _bool,
    "selected": _selected,
    "if": _if,
    "coalesce": _coalesce,
    "string-length": _length,
    "today": _today,
    "now": _now,
    "date": _date,
    "int": _int,
    "number": _number,
    "round": _round,
    "min": _least_most("min"),
    "max": _least_most("max"),
    "count": overrows.count,
    "count-if": overrows.count_if,
    "concat": joined.concat,
    "join": joined.join,
    "string": _string,
    "format-date": _formatted,
    "format-date-time": _formatted,
    "jr:choice-name": cells.choice_name,
    "sum": overrows.total,
    "count-non-empty": overrows.count_answered,
    "count-selected": _count_chosen,
    "abs": _absolute,
    "pow": _power,
    "decimal-date-time": _day_number,
    "pulldata": cells.pulled,
}
