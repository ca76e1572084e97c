"""Random typed expressions from the whole operator list. A new operator is one line in `OPERATIONS`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from schemas.expressions import Kind, Part
from tests.fuzz import dirt

Raw = Any
DEPTH = 5
OPTIONS = ("a", "b", "c", "sapi")
KINDS: Mapping[str, Kind] = {
    "nama": Kind("text"),
    "constructor": Kind("text"),
    "jenis": Kind("text", frozenset(OPTIONS)),
    "umur": Kind("number"),
    "gaji": Kind("number"),
    "lahir": Kind("date"),
    "mulai": Kind("date"),
    "setuju": Kind("boolean"),
    "anonim": Kind("boolean"),
    "hewan": Kind("choices", frozenset(OPTIONS)),
    "berkas": Kind("thing"),
    "buka": Kind("time"),
    "rapat": Kind("datetime"),
    "cuti": Kind("thing", parts={"from": Part("date"), "to": Part("date")}),
    "wilayah": Kind("text", parts={"province": Part("text", 1), "district": Part("text", 3)}),
    "kelas": Kind("text", frozenset(OPTIONS), {"tarif": Part("number"), "nama": Part("text")}, "kelas"),
    "anak": Kind(
        "rows",
        rows={
            "nama": Kind("text"),
            "umur": Kind("number"),
            "kelas": Kind("text", frozenset(OPTIONS), {"tarif": Part("number")}, "kelas"),
            "mainan": Kind("rows", rows={"harga": Kind("number"), "umur": Kind("number")}),
        },
    ),
}
COLUMNS: Mapping[str, Part] = {"tarif": Part("number"), "nama": Part("text"), "sejak": Part("date")}
TABLES: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    "kelas": {"a": {"tarif": 15000, "nama": "A"}, "b": {"tarif": "2.5"}, "c": {"tarif": "x", "nama": " "}}
}
COMPARABLE = ("text", "number", "date", "time", "datetime", "boolean")
ORDERED = ("number", "date", "time", "datetime")
WRITTEN = ("text", "number", "date")


class Maker:
    """Makes the JSON of expressions over the questions of `kinds`."""

    def __init__(
        self, random: Random, kinds: Mapping[str, Kind] = KINDS, columns: Mapping[str, Part] | None = None
    ) -> None:
        self.random = random
        self.kinds = kinds
        self.columns = columns or {}

    def make(self, wants: str, depth: int = DEPTH) -> Raw:
        """Return an expression of the type `wants`."""
        if depth <= 0 or self.random.random() < 0.2:
            return self.leaf(wants)
        fitting = [build for types, build in OPERATIONS if wants in types]
        return self.random.choice(fitting)(self, wants, depth - 1) if fitting else self.leaf(wants)

    def leaf(self, wants: str) -> Raw:
        names = self.named(wants)
        if not names or (wants in dirt.CONSTANTS and self.random.random() < 0.35):
            return self.random.choice(dirt.CONSTANTS[wants])
        return {"var": self.random.choice(names)}

    def named(self, wants: str) -> list[str]:
        return [name for name, kind in self.kinds.items() if kind.type == wants]

    def over(self, operator: str, wants: str, depth: int) -> Raw:
        """Return what is asked in each row of some question, or a plain value where there are no rows."""
        names = self.named("rows")
        if not names:
            return self.leaf(wants)
        name = self.random.choice(names)
        if operator == "count":
            return {operator: [{"var": name}]}
        inside = Maker(self.random, {**self.kinds, **self.kinds[name].rows}, columns=self.columns)
        return {operator: [{"var": name}, inside.make(wants, depth)]}

    def joined(self, depth: int) -> Raw:
        if not self.named("rows"):
            return self.leaf("text")
        rows, each = self.over("join", self.any_of(WRITTEN), depth)["join"]
        return {"join": [rows, each, self.random.choice((", ", "", " "))]}

    def part(self, wants: str) -> Raw:
        """Return a part of an answer, or a column of the row on offer, of the type `wants`."""
        parts = [
            (name, part) for name, kind in self.kinds.items() for part, told in kind.parts.items()
            if told.type == wants
        ]  # fmt: skip
        columns = [name for name, told in self.columns.items() if told.type == wants]
        if columns and (not parts or self.random.random() < 0.4):
            return {"column": self.random.choice(columns)}
        if not parts:
            return self.leaf(wants)
        name, part = self.random.choice(parts)
        return {"attr": [{"var": name}, part]}

    def many(self, wants: str, depth: int, least: int = 1) -> list[Raw]:
        return [self.make(wants, depth) for _ in range(self.random.randint(least, least + 2))]

    def two(self, wants: str, depth: int) -> list[Raw]:
        return [self.make(wants, depth), self.make(wants, depth)]

    def any_of(self, types: tuple[str, ...]) -> str:
        return self.random.choice(types)

    def variable(self) -> Raw:
        return {"var": self.random.choice(list(self.kinds))}

    def places(self) -> int:
        return self.random.choice((0, 0, 0, 1, 2, 10))

    def chosen(self, depth: int) -> Raw:
        names = self.named("choices")
        return {"in": [self.make("text", depth), {"var": self.random.choice(names)}]} if names else True

    def constants(self, wants: str) -> list[Raw]:
        return [self.random.choice(dirt.CONSTANTS[wants]) for _ in range(self.random.randint(1, 4))]


Build = Callable[[Maker, str, int], Raw]
_BOOLEAN, _NUMBER, _DATE, _TEXT = ("boolean",), ("number",), ("date",), ("text",)

OPERATIONS: list[tuple[tuple[str, ...], Build]] = [
    (_BOOLEAN, lambda m, t, d: {"and": m.many("boolean", d)}),
    (_BOOLEAN, lambda m, t, d: {"or": m.many("boolean", d)}),
    (_BOOLEAN, lambda m, t, d: {"!": m.make("boolean", d)}),
    (_BOOLEAN, lambda m, t, d: {"!": [m.make("boolean", d)]}),
    *(
        (_BOOLEAN, lambda m, t, d, op=op: {op: m.two(m.any_of(COMPARABLE), d)})  # type: ignore[misc]
        for op in ("==", "!=")
    ),
    *(
        (_BOOLEAN, lambda m, t, d, op=op: {op: m.two(m.any_of(ORDERED), d)})  # type: ignore[misc]
        for op in ("<", "<=", ">", ">=")
    ),
    (_BOOLEAN, lambda m, t, d: m.chosen(d)),
    (_BOOLEAN, lambda m, t, d: {"in": [m.make(x := m.any_of(COMPARABLE), d), m.constants(x)]}),
    (_BOOLEAN, lambda m, t, d: {"answered": m.variable()} if m.kinds else m.leaf("boolean")),
    (COMPARABLE, lambda m, t, d: {"if": [m.make("boolean", d), *m.two(t, d)]}),
    (COMPARABLE, lambda m, t, d: {"default": m.two(t, d)}),
    (ORDERED, lambda m, t, d: {"min": m.many(t, d)}),
    (ORDERED, lambda m, t, d: {"max": m.many(t, d)}),
    (_NUMBER, lambda m, t, d: {"length": m.make("text", d)}),
    (_NUMBER, lambda m, t, d: {"+": m.many("number", d)}),
    (_NUMBER, lambda m, t, d: {"*": m.many("number", d)}),
    (_NUMBER, lambda m, t, d: {"-": m.many("number", d)[:2]}),
    (_NUMBER, lambda m, t, d: {"/": [*m.two("number", d), m.places()]}),
    (_NUMBER, lambda m, t, d: {"round": [m.make("number", d), m.places()]}),
    (_NUMBER, lambda m, t, d: {"days": m.two("date", d)}),
    (_NUMBER, lambda m, t, d: {"years": m.two("date", d)}),
    (_DATE, lambda m, t, d: {"today": []}),
    (("text", "number", "date"), lambda m, t, d: m.part(t)),
    (_NUMBER, lambda m, t, d: m.over("count", "number", d)),
    (_NUMBER, lambda m, t, d: m.over("sum", "number", d)),
    (ORDERED, lambda m, t, d: m.over("least", t, d)),
    (ORDERED, lambda m, t, d: m.over("most", t, d)),
    (_TEXT, lambda m, t, d: m.joined(d)),
    (_TEXT, lambda m, t, d: {"cat": [m.make(m.any_of(WRITTEN), d) for _ in range(m.random.randint(1, 3))]}),
    (_BOOLEAN, lambda m, t, d: m.over("some", "boolean", d)),
    (_BOOLEAN, lambda m, t, d: m.over("every", "boolean", d)),
]


def used(raw: Raw) -> set[str]:
    """Return the operators in an expression."""
    if isinstance(raw, list):
        return set().union(*map(used, raw)) if raw else set()
    if not isinstance(raw, dict):
        return set()
    return set(raw).union(*map(used, raw.values()))
