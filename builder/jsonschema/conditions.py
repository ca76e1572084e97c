"""A schema that is used as a condition, in our language of conditions, exactly or not at all.

JSON Schema calls a missing member valid; our conditions call it unknown. So every condition made here
says what it is when an answer is missing, and drops that only where it makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from builder.jsonschema import containing, fitting, nothing, pointers, values
from builder.jsonschema.jsonvalues import ident, is_number
from builder.jsonschema.ledger import Ledger
from builder.jsonschema.logic import Unsayable, both, either, no, otherwise
from builder.jsonschema.resolve import Part, Sources
from builder.jsonschema.tree import All, AnyOf, Check, Condition, Given, Is, Item, Scope

Json = Any
COMPARED = {"minimum": ">=", "maximum": "<=", "exclusiveMinimum": ">", "exclusiveMaximum": "<"}
SILENT = frozenset(("title", "description", "$comment", "$schema", "$id", "default", "examples", "$defs",
                    "definitions", "$ref", "allOf", "readOnly"))  # fmt: skip
MOST_EXCLUSIVE = 8
MOST_COUNTED = 30
"""How many options a question may have whose chosen ones are counted one by one."""


class Index:
    """The questions by where their answers stand in the data."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.by_place: dict[tuple[int, str], list[Item]] = {}
        for item in items:
            for one in item.questions():
                if not (one.marks.get("variant") or one.marks.get("note")):  # words stand nowhere in the data
                    self.by_place.setdefault((id(one.scope), one.at), []).append(one)

    def at(self, scope: Scope, at: str) -> list[Item]:
        return self.by_place.get((id(scope), at), [])

    def below(self, scope: Scope, at: str) -> Iterator[Item]:
        """Yield every question whose answer stands at `at` or below it."""
        for (owner, place), items in self.by_place.items():
            if owner == id(scope) and pointers.inside(place, at):
                yield from items


class Compiler:
    """Writes conditions; what was used of the source is entered in the ledger when all went well."""

    def __init__(
        self,
        sources: Sources,
        index: Index,
        always: Mapping[tuple[int, str], Sequence[All]] | None = None,
        nulls: Mapping[tuple[int, str], Sequence[All]] | None = None,
    ) -> None:
        self.sources = sources
        self.index = index
        self.always = always or {}  # where something stands without an answer, and when
        self.nulls = nulls or {}  # where that is null
        self.asking: set[tuple[int, str]] = set()
        self.used: list[str] = []

    def all(self, conditions: All, *, without: Item | None = None) -> Json:
        """Return that all conditions hold. Raises `Unsayable`."""
        return both([self.one(condition, without) for condition in conditions])

    def one(self, condition: Condition, without: Item | None = None) -> Json:
        if isinstance(condition, Is):
            if not condition.switch.key:
                raise Unsayable("condition.unasked")
            if len(condition.values) == 1:
                return {"==": [{"var": condition.switch.key}, condition.values[0]]}
            return {"in": [{"var": condition.switch.key}, list(condition.values)]}
        if isinstance(condition, Given):
            return self.given(condition.scope, condition.at, without)
        if isinstance(condition, AnyOf):
            found = either([self.all(group) for group in condition.conditions])
            return no(found) if condition.negate else found
        found = self.parts(condition.parts, condition.scope, condition.at, condition.undefined)
        return no(found) if condition.negate else found

    def given(self, scope: Scope, at: str, without: Item | None = None) -> Json:
        place = id(scope), at
        whens = self.always.get(place, ())
        if () in whens:
            return True
        items = [item for item in self.index.below(scope, at) if item is not without]
        found: list[Json] = [{"answered": {"var": item.key}} for item in items]
        if place not in self.asking:  # of two that demand each other none is there by itself
            self.asking.add(place)
            try:
                found += [self.all(when, without=without) for when in whens]
            finally:
                self.asking.discard(place)
        return either(found)

    def some(self, scope: Scope, at: str) -> Json:
        """Return that the object at `at` has a member."""
        found: list[Json] = [{"answered": {"var": item.key}} for item in self.index.below(scope, at)]
        for (owner, place), whens in self.always.items():
            if owner == id(scope) and place != at and pointers.parent(place) == at:
                found += [self.all(when) for when in whens]
        return either(found)

    def counted(self, scope: Scope, at: str, keyword: str, limit: int) -> Json:
        """Return that the object at `at`, where there is one, has so many members at least or at most."""
        items = [item for item in self.index.below(scope, at) if item.at != at]
        places = [place for owner, place in self.always if owner == id(scope) and pointers.inside(place, at)]
        names = dict.fromkeys(
            pointers.tokens(place[len(at) :])[0]
            for place in [*(item.at for item in items), *places]
            if place != at
        )
        members = [pointers.below(at, name) for name in names]
        if any((id(scope), member) in self.nulls for member in members):
            raise Unsayable("count.members")  # a member that may be null is there without an answer
        given = [self.given(scope, member) for member in members]
        sure, unsure = given.count(True), [one for one in given if not isinstance(one, bool)]
        op = ">=" if keyword == "minProperties" else "<="
        if (op == ">=" and sure >= limit) or (op == "<=" and len(members) <= limit):
            return True
        if sure + len(unsure) < limit if op == ">=" else sure > limit:
            raise Unsayable("schema.never")
        number = {"+": [*({"if": [one, 1, 0]} for one in unsure), *([sure] if sure else [])]}
        return either([no(self.given(scope, at)), {op: [number, limit]}])

    def parts(self, parts: Sequence[Part], scope: Scope, at: str, undefined: bool | None) -> Json:
        """Return that the value at `at` fits `parts`; `undefined` is the answer when there is no value."""
        items = self.index.at(scope, at)
        here = [item for item in items if item.kind == "question"]
        if not here:
            found = both([self.whole(part, scope, at) for part in parts])
            if not at:
                return found
            given = self.given(scope, at)
            return both([found, given]) if undefined is False else either([found, no(given)])
        missing = undefined if undefined is not None else True
        required = any(when == () for item in here for when, _ in item.required) and len(here) == 1
        if undefined is None and required:
            missing = False  # it must be answered anyway, so "not yet" is no reason to show anything
        if whens := self.nulls.get((id(scope), at)):
            fits = nothing.fits(parts, self.sources)
            if () not in whens and fits is not missing:
                raise Unsayable("condition.keyword")  # without an answer it may be null or missing
            missing = fits
        tests = [both([self.value(part, item) for part in parts]) for item in here]
        if len(here) == 1:
            return _if_answered(here[0], tests[0], missing)
        one = either([_if_answered(item, test, False) for item, test in zip(here, tests, strict=True)])
        none = both([no({"answered": {"var": item.key}}) for item in here])
        return either([one, none]) if missing else one

    def whole(self, part: Part, scope: Scope, at: str) -> Json:
        """Return that an object, or a list of rows, fits one part."""
        found: list[Json] = []
        for keyword, value in part.schema.items():
            if keyword == "properties" and isinstance(value, dict):
                for name, schema in value.items():
                    found.append(self.member(part, name, schema, scope, at))
            elif keyword == "required" and isinstance(value, list):
                found += [self.given(scope, pointers.below(at, str(name))) for name in value]
            elif keyword in ("anyOf", "oneOf", "not", "if", "then", "else"):
                found.append(self.composed(part, keyword, lambda inner: self.parts(inner, scope, at, None)))
            elif keyword in containing.WORDS and "contains" in part.schema:
                continue  # `contains` says it
            elif keyword in ("minItems", "contains"):
                found.append(self.rows(part, keyword, value, scope, at))
            elif keyword == "type":
                rows = any(item.kind == "repeat" and item.rows for item in self.index.at(scope, at))
                named = value if isinstance(value, list) else [value]
                found.append(any(kind in named for kind in (("array",) if rows else ("object", "array"))))
            elif keyword not in SILENT:
                raise Unsayable("condition.keyword")
            self._use(part, keyword)
        return both(found)

    def _use(self, part: Part, keyword: str) -> None:
        """Note that a keyword took part; `then` and `else` alone say nothing."""
        if keyword not in ("then", "else") or "if" in part.schema:
            self.used.append(part.at(keyword))

    def member(self, part: Part, name: str, schema: Json, scope: Scope, at: str) -> Json:
        place = part.at("properties", name)
        if isinstance(schema, bool):
            return True if schema else no(self.given(scope, pointers.below(at, name)))
        inner = self.sources.parts_of(schema, place, part.via)
        demanded = isinstance(part.get("required"), list) and name in part.schema["required"]
        below = pointers.below(at, name)
        if not any(True for _ in self.index.below(scope, below)):
            raise Unsayable("condition.unasked")
        return self.parts(inner, scope, below, False if demanded else None)

    def composed(self, part: Part, keyword: str, test: Any) -> Json:
        """Return what `anyOf`, `oneOf`, `not` and `if` say about something that `test` can judge."""
        value = part.schema[keyword]

        def inner(schema: Json, *path: str | int) -> Json:
            if isinstance(schema, bool):
                return schema
            return test(self.sources.parts_of(schema, part.at(*path), part.via))

        if keyword == "not":
            return no(inner(value, "not"))
        if keyword in ("then", "else"):
            return True
        if keyword == "if":
            yes = inner(value, "if")
            then = inner(part.schema.get("then", True), "then")
            other = inner(part.schema.get("else", True), "else")
            return both([either([no(yes), then]), either([yes, other])])
        if not isinstance(value, list) or not value:
            raise Unsayable("condition.keyword")
        tests = [inner(schema, keyword, at) for at, schema in enumerate(value)]
        if keyword == "anyOf":
            return either(tests)
        if len(tests) > MOST_EXCLUSIVE:
            raise Unsayable("condition.long")
        others = [[no(other) for n, other in enumerate(tests) if n != at] for at in range(len(tests))]
        return either([both([one, *those]) for one, those in zip(tests, others, strict=True)])

    def rows(self, part: Part, keyword: str, value: Json, scope: Scope, at: str) -> Json:
        repeat = next((i for i in self.index.at(scope, at) if i.kind == "repeat" and i.rows), None)
        if repeat is None or repeat.rows is None:
            raise Unsayable("condition.keyword")
        if keyword == "minItems":
            return {">=": [{"count": [{"var": repeat.key}]}, value]}
        return self.contained(part, repeat)

    def value(self, part: Part, item: Item) -> Json:
        """Return that the answer of one question fits one part, if it is given at all."""
        found: list[Json] = []
        for keyword in part.schema:
            found.append(self.keyword(part, keyword, item))
            self._use(part, keyword)
        return both(found)

    def keyword(self, part: Part, keyword: str, item: Item) -> Json:
        """Return what one keyword says about the answer of one question."""
        value, var = part.schema[keyword], {"var": item.key}
        if keyword in SILENT:
            return True
        if keyword in ("const", "enum"):
            listed = value if keyword == "enum" and isinstance(value, list) else [value]
            return self.one_of(item, listed)
        if keyword == "type":
            return self.typed(item, value)
        if keyword in ("anyOf", "oneOf", "not", "if", "then", "else"):
            return self.composed(part, keyword, lambda parts: both([self.value(p, item) for p in parts]))
        if keyword in fitting.LIMITS and item.options and item.type == "choice":
            return self.one_of(
                item, [one for one, _ in item.options if fitting.within(one, part.schema, keyword)]
            )
        if keyword in COMPARED or keyword == "multipleOf":
            return _number(item, part, keyword, value)
        if keyword in ("minLength", "maxLength") and isinstance(value, int):
            if not values.is_text_question(item):
                return True
            if keyword == "minLength" and value <= 1:
                return {"answered": var} if value else True
            return {">=" if keyword == "minLength" else "<=": [{"length": var}, value]}
        if keyword in containing.WORDS and "contains" in part.schema:
            return True  # `contains` says it
        if keyword == "contains" and (item.type == "choices" or item.rows is not None):
            return self.contained(part, item)
        if keyword == "minItems" and item.type == "choices" and value in (0, 1):
            return {"answered": var} if value else True
        if keyword in ("minItems", "maxItems") and (item.rows is not None or item.type == "choices"):
            return self.many(item, keyword, value)
        if item.type == "consent" and keyword in ("required", "properties"):
            return self.agreed(part, keyword)
        raise Unsayable("condition.keyword")

    def many(self, item: Item, keyword: str, limit: Json) -> Json:
        """Return that so many rows are there, or so many options chosen."""
        if isinstance(limit, bool) or not isinstance(limit, int) or len(item.options) > MOST_COUNTED:
            raise Unsayable("condition.keyword")
        var = {"var": item.key}
        chosen = [{"if": [{"in": [item.values[ident(one)], var]}, 1, 0]} for one, _ in item.options]
        if item.rows is None and not chosen:
            raise Unsayable("condition.keyword")
        number = {"count": [var]} if item.rows is not None else {"+": chosen}
        return {">=" if keyword == "minItems" else "<=": [number, limit]}

    def agreed(self, part: Part, keyword: str) -> Json:
        """Return what is said of the member of a consent: one that is given is agreed to."""
        value, agreed = part.schema[keyword], ("accepted",)
        if keyword == "required" and isinstance(value, list) and all(name in agreed for name in value):
            return True
        told = value.get("accepted") if keyword == "properties" and isinstance(value, dict) else None
        if not isinstance(told, dict) or set(value) != set(agreed) or set(told) != {"const"}:
            raise Unsayable("condition.keyword")
        self.used += [part.at(keyword, *agreed), part.at(keyword, *agreed, "const")]
        return told["const"] is True

    def typed(self, item: Item, written: Json) -> Json:
        """Return that the answer stands for a value of one of the types that are written."""
        if item.options and item.type == "choice":
            return self.one_of(item, [value for value, _ in item.options if fitting.typed(value, written)])
        named = written if isinstance(written, list) else [written]
        decimal = "number" in values.json_types(item)
        if decimal and "integer" in named and "number" not in named:
            var = {"var": item.key}
            return {"==": [{"round": [var, 0]}, var]}
        kinds = values.json_types(item)
        return any(kind in named for kind in kinds) or ("number" in named and "integer" in kinds)

    def one_of(self, item: Item, listed: Sequence[Json]) -> Json:
        var = {"var": item.key}
        known = [found for found in (values.literal(item, value) for value in listed) if found is not None]
        if not values.is_comparable(item):
            raise Unsayable("condition.keyword")
        if not known:
            return False
        if {ident(value) for value, _ in item.options} <= {ident(value) for value in listed} and item.options:
            return True
        if item.type == "boolean":
            if {True, False} <= set(known):
                return True
            return either([{"==": [var, value]} for value in known])
        return {"==": [var, known[0]]} if len(known) == 1 else {"in": [var, known]}

    def contained(self, part: Part, item: Item) -> Json:
        """Return that a list holds so many entries of one kind."""
        self.used += [part.at(word) for word in containing.WORDS if word in part.schema]
        if containing.bounds(part) == (0, None):
            return True
        inner = part.schema["contains"]
        if item.rows is not None:
            if any(one.type == "choices" for one in self.index.at(item.rows, "")):
                raise Unsayable("condition.keyword")  # nothing chosen is an empty list, and no missing one
            found = self.sources.parts_of(inner, part.at("contains"), part.via)
            return containing.rows(part, item.key, self.parts(found, item.rows, "", None))
        listed = [inner["const"]] if "const" in inner else inner.get("enum", [])
        known = [found for found in (values.literal(item, value) for value in listed) if found is not None]
        if set(inner) - {"const", "enum", "type"} or not known:
            raise Unsayable("condition.keyword")
        self.used += [part.at("contains", word) for word in inner]
        return containing.chosen(part, item.key, known)


def _if_answered(item: Item, test: Json, missing: bool) -> Json:
    """Return what `test` says of an answer, and `missing` without one; a test may be sure beforehand."""
    if isinstance(test, bool) and test is not missing:
        answered = {"answered": {"var": item.key}}
        return answered if test else no(answered)
    return otherwise(test, missing)


def _number(item: Item, part: Part, keyword: str, value: Json) -> Json:
    var = {"var": item.key}
    if not values.is_number_question(item):
        return True
    if isinstance(value, bool):
        return True
    if not is_number(value):
        raise Unsayable("condition.keyword")
    limit = values.number(value)
    if keyword == "multipleOf":
        nearest = {"round": [{"/": [var, limit, 10]}, 0]}
        return {"==": [{"*": [nearest, limit]}, var]}
    op = COMPARED[keyword]
    if part.get("exclusive" + keyword.capitalize()) is True:
        op = op.rstrip("=")
    return {op: [var, limit]}


def check_of(compiler: Compiler, check: Check, item: Item) -> Json:
    """Return what a check demands of the answer of `item`, under its conditions."""
    demand = compiler.keyword(check.part, check.keyword, item)
    if not check.when:
        return demand
    return either([no(compiler.all(check.when)), demand])


def enter(ledger: Ledger, used: Sequence[str], reason: str) -> None:
    for pointer in used:
        ledger.taken(pointer, reason)
