"""What a constraint says about the signs of an answer, as a pattern of ours for the whole text."""

from __future__ import annotations

import re

from builder.jsonschema import regexes
from builder.jsonschema.logic import Unsayable
from builder.xlsform import xpath
from schemas.fieldtypes.integer import LARGEST

_DIGITS = re.compile(
    r"\(?(?:\?:)?(?:\[0-9\]|\\d)(?:\{(?P<least>[0-9]{1,2})(?P<more>,(?P<most>[0-9]{0,2}))?\}|\+)\)?"
)
_SPECIAL = re.compile(r"[\\.^$*+?{}\[\]|()/]")
_QUOTED = r"\\\g<0>"
_EXCLUDING = re.compile(r"\[\^((?:[^\]\\]|\\.)*)\]\*")
_OF_ONE_KIND = re.compile(
    r"(?P<any>\.\*)?(?P<sign>\[\^?(?:[^\]\\]|\\.)+\]|\\[dDwWsS])"
    r"(?P<times>[+*]|\{(?P<least>[0-9]{1,3})(?P<more>,(?P<most>[0-9]{0,3}))?\})?(?P<rest>\.\*)?"
)
_OTHERS = {
    "\\d": "[^0-9]", "\\D": "[0-9]", "\\w": "[^A-Za-z0-9_]", "\\W": "[A-Za-z0-9_]",
    "\\s": "\\S", "\\S": "\\s",
}  # fmt: skip
_PARTS = {"starts-with": "{}.*", "ends-with": ".*{}", "contains": ".*{}.*"}


def answered(tree: xpath.Tree) -> xpath.Tree:
    """Leave out what a constraint says about an empty answer: it is never asked of one."""
    if not isinstance(tree, xpath.Binary) or tree.op not in ("and", "or"):
        return tree
    left, right = answered(tree.left), answered(tree.right)
    idle = "=" if tree.op == "or" else "!="
    for one, other in ((left, right), (right, left)):
        if _of_nothing(one, idle):
            return other
    return xpath.Binary(tree.op, left, right)


def _of_nothing(tree: xpath.Tree, op: str) -> bool:
    nothing = {xpath.Self(), xpath.Text("")}
    return isinstance(tree, xpath.Binary) and tree.op == op and {tree.left, tree.right} == nothing


def of(tree: xpath.Tree) -> str | None:
    """Return the pattern that a condition about the answer alone stands for, None when it is none.

    Raises `Unsayable` when it is a pattern that ours cannot say, or one of another answer.
    """
    if (sign := _lacking(tree)) is not None:
        return _checked(f"[^{_SPECIAL.sub(_QUOTED, sign)}]*")
    if (unwanted := _unwanted(tree)) is not None:
        return _checked(otherwise(unwanted), "pattern.negated")
    if isinstance(tree, xpath.Binary) and tree.op == "or":
        sides = (_only(tree.left), _only(tree.right))
        if all(sides):
            return _checked("|".join(f"(?:{of(side)})" for side in (tree.left, tree.right)))
        return None
    if not _only(tree):
        return None
    assert isinstance(tree, xpath.Call)
    own, written = tree.args if len(tree.args) == 2 else (None, None)
    if not isinstance(own, xpath.Self) or not isinstance(written, xpath.Text):
        raise Unsayable("pattern.not_here")
    if tree.name == "regex":
        return _checked(regexes.of_whole(written.value))
    return _checked(_PARTS[tree.name].format(_SPECIAL.sub(_QUOTED, written.value)))


def _lacking(tree: xpath.Tree) -> str | None:
    """Return the one sign that an answer must not contain: `not(contains(., ' '))`."""
    inner = (
        tree.args[0] if isinstance(tree, xpath.Call) and tree.name == "not" and len(tree.args) == 1 else None
    )
    if not isinstance(inner, xpath.Call) or inner.name != "contains" or inner.args[:1] != (xpath.Self(),):
        return None
    sign = inner.args[1] if len(inner.args) == 2 else None
    return sign.value if isinstance(sign, xpath.Text) and len(sign.value) == 1 else None


def _unwanted(tree: xpath.Tree) -> str | None:
    """Return the pattern that an answer must not fit: `not(regex(., '[0-9]+'))`."""
    inner = tree.args[0] if isinstance(tree, xpath.Call) and tree.name == "not" and tree.args else None
    if not isinstance(inner, xpath.Call) or inner.name != "regex" or len(inner.args) != 2:
        return None
    own, written = inner.args
    return written.value if isinstance(own, xpath.Self) and isinstance(written, xpath.Text) else None


def otherwise(pattern: str) -> str | None:
    """Return the pattern of all texts that `pattern` does not fit, where it is about one kind of sign."""
    made = regexes.of_whole(pattern)
    found = _OF_ONE_KIND.fullmatch(made) if made is not None else None
    if found is None or bool(found["any"]) != bool(found["rest"]):
        return None
    other = _other(found["sign"])
    if found["any"]:  # somewhere in the text
        return f"{other}*" if found["times"] in (None, "+") else None
    ways = [f".*{other}.*"]
    if found["times"] not in ("+", "*"):
        least = int(found["least"] or 1) if found["times"] else 1
        most = None if found["more"] and not found["most"] else int(found["most"] or least)
        ways += [f"{found['sign']}{{0,{least - 1}}}"] if least > 1 else []
        ways += [f"{found['sign']}{{{most + 1},}}"] if most is not None else []
    return "|".join(f"(?:{way})" for way in ways)


def _other(sign: str) -> str:
    """Return the set of all signs but those of a set."""
    if sign in _OTHERS:
        return _OTHERS[sign]
    return f"[{sign[2:]}" if sign.startswith("[^") else f"[^{sign[1:]}"


def both(one: str, other: str) -> str | None:
    """Return the pattern of what fits two patterns, None where there is none: signs that both exclude."""
    found = [_EXCLUDING.fullmatch(pattern) for pattern in (one, other)]
    return _checked(f"[^{''.join(part[1] for part in found if part)}]*") if all(found) else None


def _only(tree: xpath.Tree) -> bool:
    if isinstance(tree, xpath.Binary):
        return tree.op == "or" and _only(tree.left) and _only(tree.right)
    return isinstance(tree, xpath.Call) and tree.name in ("regex", *_PARTS)


def _checked(pattern: str | None, reason: str = "pattern.foreign") -> str:
    made = regexes.of_whole(pattern) if pattern is not None else None
    if made is None:
        raise Unsayable(reason)
    return made


def digits(pattern: str) -> tuple[int, int | None] | None:
    """Return the least and the largest whole number without a minus that has so many digits."""
    found = _DIGITS.fullmatch(pattern)
    if found is None:
        return None
    least = int(found["least"] or 1)
    most = int(found["most"]) if found["most"] else None if found["more"] or not found["least"] else least
    lowest = 0 if least <= 1 else 10 ** (least - 1)
    highest = None if most is None or 10**most - 1 > LARGEST else 10**most - 1
    return lowest, highest
