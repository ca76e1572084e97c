"""Our expressions as XPath: what is unknown here must come out as no there, for XPath knows no unknown.

`yes` is true exactly when a condition is yes here, `no` exactly when it is no.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from builder.jsonschema import logic
from builder.jsonschema.logic import Unsayable
from builder.xlsform.days import FIRST_DAY
from schemas import fieldtypes
from schemas.definition import Field

Json = Any
YES, NO = "yes", "no"
_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_TEXTS = ("cat", "join")
_EXTREMES = {"least": "min", "most": "max"}
_NUMBERS = ("+", "-", "*", "/", "round", "length", "count", "sum", "days", "years", *_EXTREMES)
LONGEST = 3_000


@dataclass(frozen=True)
class Speaker:
    """Speaks rules at one place. `named` gives questions and what they are called in the workbook.

    `own` is the key of the question whose answer a dot stands for; `columns` are those of the list on offer.
    """

    named: Mapping[str, tuple[str, Field]]
    own: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)

    def at(self, own: str) -> Speaker:
        return replace(self, own=own)

    def yes(self, raw: Json) -> str:
        """Return XPath that is true when `raw` is yes. Raises `Unsayable`."""
        return _short(self._truth(raw, wanted=True))

    def passes(self, raw: Json) -> str:
        """Return XPath that is true unless `raw` is no: a check fails only then."""
        op, args = _parts(raw)
        if op == "and":
            return _joined("and", [self.passes(arg) for arg in args])
        if self.own and _names(raw) <= {self.own}:
            return self.yes(raw)
        return _short(f"not({self._truth(raw, wanted=False)})")

    def value(self, raw: Json, kind: str = "") -> str:
        """Return XPath that gives the value of `raw`, which is of the type `kind`."""
        return _short(self._value(raw, kind or self.kind(raw)))

    def kind(self, raw: Json) -> str:
        """Return the type of a value; constants have none of their own."""
        op, args = _parts(raw)
        if op == "var":
            return str(fieldtypes.get(self._field(args[0]).type).value_type)
        if op in ("column", *_TEXTS):
            return "text"
        if op == "today":
            return "date"
        if op in _NUMBERS:
            return "number"
        if op in ("if", "default", "min", "max"):
            return next((kind for arg in args[op == "if" :] if (kind := self.kind(arg))), "")
        return "boolean" if op or isinstance(raw, bool) else ""

    def _truth(self, raw: Json, *, wanted: bool) -> str:
        if isinstance(raw, bool):
            return "true()" if raw is wanted else "false()"
        op, args = _parts(raw)
        if op in ("and", "or"):
            joint = op if wanted else {"and": "or", "or": "and"}[op]
            return _joined(joint, [self._truth(arg, wanted=wanted) for arg in args])
        if op == "!":
            return self._truth(args[0], wanted=not wanted)
        if op == "answered":
            return self._answered(args[0], wanted=wanted)
        if op in _OPPOSITE:
            return self._compared(op if wanted else _OPPOSITE[op], *args)
        if op == "in":
            return self._one_of(*args, wanted=wanted)
        if op == "default":
            return self._fallback(*args, wanted=wanted)
        if op == "if":
            one = _joined("and", [self._truth(args[0], wanted=True), self._truth(args[1], wanted=wanted)])
            other = _joined("and", [self._truth(args[0], wanted=False), self._truth(args[2], wanted=wanted)])
            return _joined("or", [one, other])
        if op == "var":
            return self._flag(args[0], wanted=wanted)
        raise Unsayable(f"export.{op}")

    def _flag(self, key: str, *, wanted: bool) -> str:
        name, question = self._name(key), self._field(key)
        if question.type == "consent":
            return f"{name} = 'OK'" if wanted else "false()"
        return f"{name} = '{YES if wanted else NO}'"

    def _answered(self, raw: Json, *, wanted: bool) -> str:
        key = _parts(raw)[1][0]
        if self._field(key).type == "repeat":
            return f"count({self._name(key)}) {'>' if wanted else '='} 0"
        return f"{self._name(key)} {'!=' if wanted else '='} ''"

    def _fallback(self, one: Json, other: Json, *, wanted: bool) -> str:
        found = self._truth(one, wanted=wanted)
        if isinstance(other, bool):
            return found if other is not wanted else f"not({self._truth(one, wanted=not wanted)})"
        unknown = f"not({_joined('or', [found, self._truth(one, wanted=not wanted)])})"
        return _joined("or", [found, _joined("and", [unknown, self._truth(other, wanted=wanted)])])

    def _compared(self, op: str, left: Json, right: Json) -> str:
        kind = self.kind(left) or self.kind(right)
        if kind == "boolean":
            same = op == "=="
            one = _joined("and", [self._truth(left, wanted=True), self._truth(right, wanted=same)])
            other = _joined("and", [self._truth(left, wanted=False), self._truth(right, wanted=not same)])
            return _joined("or", [part for part in (one, other) if "false()" not in part] or ["false()"])
        if kind in ("choices", "thing", "rows", "time", "datetime"):
            raise Unsayable(f"export.{kind}")
        said = f"{self._value(left, kind)} {'=' if op == '==' else op} {self._value(right, kind)}"
        guarded = op == "!=" or (op == "==" and not (_constant(left) or _constant(right)))
        if guarded or any(_has(side, ("default", "if", "sum", "/", *_TEXTS)) for side in (left, right)):
            return _joined("and", [*self._known(left), *self._known(right), said])
        return said

    def _one_of(self, needle: Json, many: Json, *, wanted: bool) -> str:
        if isinstance(many, list):
            parts = [self._compared("==" if wanted else "!=", needle, one) for one in many]
            return _joined("or" if wanted else "and", parts)
        name = self._name(_parts(many)[1][0])
        chosen = f"selected({name}, {self._value(needle, 'text')})"
        return chosen if wanted else f"({name} != '' and not({chosen}))"

    def _known(self, raw: Json) -> list[str]:
        """Return what must hold so that a value is known."""
        op, args = _parts(raw)
        if op == "var":
            return [] if args[0] == self.own else [f"{self._name(args[0])} != ''"]
        if op in ("today", "count", "", "column"):
            return []
        if op in ("sum", "join", *_EXTREMES):
            return [f"count({self._name(_parts(args[0])[1][0])}) > 0"]
        if op == "default":
            both = [_joined("and", self._known(arg)) if self._known(arg) else "" for arg in args]
            return [_joined("or", both)] if all(both) else []
        if op == "if":
            ways = [
                [self._truth(args[0], wanted=way), *self._known(args[1 + (not way)])] for way in (True, False)
            ]
            return [_joined("or", [_joined("and", way) for way in ways])]
        known = [part for arg in args for part in self._known(arg)]
        if op == "/" and not _constant(args[1]):
            known.append(f"{self._value(args[1], 'number')} != 0")
        return known

    def _value(self, raw: Json, kind: str) -> str:
        op, args = _parts(raw)
        if not op:
            return _literal(raw, kind)
        if op == "var":
            return self._name(args[0])
        if op == "today":
            return "today()"
        if op == "column":
            return self.columns.get(args[0], str(args[0]))
        return self._worked_out(op, args, kind)

    def _worked_out(self, op: str, args: list[Json], kind: str) -> str:
        if (
            op == "+"
            and _parts(args[0])[0] == "years"
            and _parts(args[0])[1][0] == FIRST_DAY
            and args[1] == 1
        ):
            return f"int(format-date({self._value(_parts(args[0])[1][1], 'date')}, '%Y'))"
        if op in ("+", "*") or (op == "-" and len(args) == 2):
            return "(" + f" {op} ".join(self._value(arg, "number") for arg in args) + ")"
        if op == "-":
            return f"(0 - {self._value(args[0], 'number')})"
        if op == "/":
            return f"round({self._value(args[0], 'number')} div {self._value(args[1], 'number')}, {args[2]})"
        if op == "round":
            return f"round({self._value(args[0], 'number')}, {args[1]})"
        if op in ("min", "max") and kind == "number":
            return f"{op}({', '.join(self._value(arg, kind) for arg in args)})"
        if op == "length":
            return f"string-length({self._value(args[0], 'text')})"
        if op == "days":
            return f"({self._value(args[1], 'date')} - {self._value(args[0], 'date')})"
        if op == "default":
            return f"coalesce({self._value(args[0], kind)}, {self._value(args[1], kind)})"
        if op == "if":
            one, other = self._value(args[1], kind), self._value(args[2], kind)
            if kind == "text" and _certain(args[0]):
                return f"if({self._truth(args[0], wanted=True)}, {one}, {other})"
            never = self._truth(args[0], wanted=False)
            return f"if({self._truth(args[0], wanted=True)}, {one}, if({never}, {other}, ''))"
        if op == "count":
            return f"count({self._name(_parts(args[0])[1][0])})"
        if op == "cat":
            return f"concat({', '.join(map(self._part, args))})"
        if op in ("sum", "join", *_EXTREMES):
            return self._over_rows(op, *args)
        raise Unsayable(f"export.{op}")

    def _over_rows(self, op: str, rows: Json, each: Json, between: str = "") -> str:
        repeat = self._field(_parts(rows)[1][0])
        key = _asked(each)
        inner = next((one for one in repeat.fields if one.key == key), None)
        if inner is None or not (_parts(each)[0] != "if" or _shown(inner, each)):
            raise Unsayable("export.sum")
        name = self.named[f"{repeat.key}/{inner.key}"][0]
        return f"join({quoted(between)}, {name})" if op == "join" else f"{_EXTREMES.get(op, op)}({name})"

    def _part(self, raw: Json) -> str:
        """Return a part of a text; what is missing is the empty text there anyway."""
        raw = _plain(raw)
        said = self._value(raw, self.kind(raw) or "text")
        return (
            f"format-date{said[len('int(format-date') : -1]}" if said.startswith("int(format-date") else said
        )

    def _name(self, key: str) -> str:
        if key == self.own:
            return "."
        self._field(key)
        return self.named[key][0]

    def _field(self, key: str) -> Field:
        if key not in self.named:
            raise Unsayable("export.not_there")
        return self.named[key][1]


def _parts(raw: Json) -> tuple[str, list[Json]]:
    """Return operator and arguments; the operator of a constant is empty."""
    if not isinstance(raw, dict):
        return "", []
    op, args = next(iter(raw.items()))
    return op, args if isinstance(args, list) else [args]


def _certain(raw: Json) -> bool:
    """Say whether a condition is never unknown."""
    op, args = _parts(raw)
    if op in ("and", "or", "!"):
        return all(map(_certain, args))
    return op == "answered" or isinstance(raw, bool) or (op == "default" and isinstance(args[1], bool))


def _asked(each: Json) -> str:
    """Return the question whose answers are put together; a row that does not ask it adds nothing."""
    op, args = _parts(_plain(each))
    if op == "if" and args[2] == 0:
        op, args = _parts(args[1])
    return str(args[0]) if op == "var" else ""


def _shown(inner: Field, each: Json) -> bool:
    when = _parts(each)[1][0]
    return inner.own_visible is not None and when == logic.otherwise(inner.own_visible.raw, False)


def _plain(raw: Json) -> Json:
    """Return the part of a text without what it says of a missing answer, and a number without its text."""
    if isinstance(raw, dict) and "default" in raw and raw["default"][1] in ("", "NaN"):
        raw = raw["default"][0]
    return raw["cat"][0] if isinstance(raw, dict) and "cat" in raw and len(raw["cat"]) == 1 else raw


def _joined(joint: str, parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else "(" + f" {joint} ".join(parts) + ")"


def _constant(raw: Json) -> bool:
    """Say whether a value is always known; a cell of the list on offer counts as such."""
    return not isinstance(raw, dict) or "today" in raw or "column" in raw


def _names(raw: Json) -> set[str]:
    op, args = _parts(raw)
    if op == "var":
        return {args[0]}
    found: set[str] = set()
    for arg in args:
        found |= _names(arg)
    return found


def _has(raw: Json, ops: tuple[str, ...]) -> bool:
    op, args = _parts(raw)
    return op in ops or any(_has(arg, ops) for arg in args)


def _literal(raw: Json, kind: str) -> str:
    if isinstance(raw, (bool, list, dict)):
        raise Unsayable("export.constant")
    if kind == "number":
        return f"(0 - {str(raw).removeprefix('-')})" if str(raw).startswith("-") else str(raw)
    if kind == "date":
        return f"date('{raw}')"
    if kind not in ("text", ""):
        raise Unsayable(f"export.{kind}")
    return quoted(str(raw))


def quoted(text: str) -> str:
    """Return a text as XPath writes it; one with both kinds of marks cannot be written."""
    if "'" not in text:
        return f"'{text}'"
    if '"' in text:
        raise Unsayable("export.marks")
    return f'"{text}"'


def _short(text: str) -> str:
    if len(text) > LONGEST:
        raise Unsayable("export.long")
    return text
