"""Everything that is demanded of one place in the data, each demand with the conditions it is under.

Takes apart `allOf`, `$ref`, `if/then/else`, `dependencies` and `oneOf/anyOf`. Alternatives become, in
this order: the values of one choice, a member that tells the alternatives apart, a demand on answers
asked for elsewhere, or a choice of kind that shows one alternative.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from builder.jsonschema import pointers, words
from builder.jsonschema.alternatives import (
    ANNOTATIONS,
    apart,
    constants,
    demands,
    described,
    discriminated,
    fit_without,
    members,
    never,
    says_nothing,
    telling_member,
    title_of,
)
from builder.jsonschema.jsonvalues import ident
from builder.jsonschema.ledger import Ledger
from builder.jsonschema.resolve import Part, Sources
from builder.jsonschema.tree import All, Check, Given, Holds, Is, Item, Scope

Json = Any
NOTHING_NEW = frozenset(
    (
        *("required", "not", "properties", "type", "title", "description", "$comment", "allOf"),
        *("anyOf", "oneOf", "dependentRequired", "const", "enum", "$ref"),
    )
)
MOST_ALTERNATIVES = 100


@dataclass(frozen=True, eq=False)
class Claim:
    """One part that describes the place, under conditions; `options` when alternatives became values."""

    when: All
    part: Part
    options: tuple[tuple[Json, str], ...] = ()


@dataclass(frozen=True, eq=False)
class Need:
    """The member `name` must be there, under conditions; `origin` says so, itself under `base`."""

    when: All
    name: str
    pointer: str
    origin: Part
    base: All


@dataclass
class Gathered:
    """All that was found out about one place."""

    claims: list[Claim] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    switches: list[Item] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    tellers: dict[str, list[Claim]] = field(default_factory=dict)


@dataclass
class Gatherer:
    """Gathers what is said about the value at `at`."""

    sources: Sources
    at: str
    scope: Scope
    name: str
    label: str
    words: words.Words
    consumed: set[str]
    found: Gathered = field(default_factory=Gathered)

    @property
    def ledger(self) -> Ledger:
        return self.sources.ledger

    def add(self, parts: Iterable[Part], when: All) -> None:
        """Take in parts that hold under `when`."""
        parts = list(parts)
        for part in parts:
            self.found.claims.append(Claim(when, part))
            self._required(part, when)
        for part in parts:
            self._branches(part, when)
            self._dependencies(part, when)
            for keyword in ("oneOf", "anyOf"):
                if keyword in part.schema:
                    self._alternatives(part, keyword, when, parts)
            for keyword in ("not", "contains"):
                if keyword in part.schema:
                    self.found.checks.append(Check(part, keyword, when))

    def _required(self, part: Part, when: All) -> None:
        names = part.get("required")
        if isinstance(names, list) and all(isinstance(name, str) for name in names):
            self.found.needs.extend(Need(when, name, part.at("required"), part, when) for name in names)
            if not names:
                self.ledger.taken(part.at("required"), "no_effect")

    def _branches(self, part: Part, when: All) -> None:
        if "if" not in part.schema:
            for keyword in ("then", "else"):
                if keyword in part.schema:
                    self.ledger.taken(part.at(keyword), "no_effect")
            return
        place = part.at("if")
        if not any(keyword in part.schema for keyword in ("then", "else")):
            self.ledger.taken(place, "no_effect")
            return
        if isinstance(part.schema["if"], bool):  # one of the two always counts, the other never
            self._always(part, "then" if part.schema["if"] else "else", when)
            return
        test = tuple(self.sources.parts_of(part.schema["if"], place, part.via))
        for keyword, negate in (("then", False), ("else", True)):
            if keyword in part.schema:
                condition = Holds(test, self.at, self.scope, negate, of=place)
                self._under(part, (keyword,), (*when, condition))

    def _always(self, part: Part, chosen: str, when: All) -> None:
        self.ledger.taken(part.at("if"), "condition")
        for keyword in ("then", "else"):
            if keyword in part.schema and keyword != chosen:
                self.ledger.taken(part.at(keyword), "no_effect")
        if chosen in part.schema:
            self._under(part, (chosen,), when)

    def _dependencies(self, part: Part, when: All) -> None:
        for keyword in ("dependentRequired", "dependentSchemas", "dependencies"):
            given = part.get(keyword)
            if not isinstance(given, dict):
                continue
            self.ledger.taken(part.at(keyword), "condition")
            for name, demand in given.items():
                condition = Given(pointers.below(self.at, name), self.scope, part.at(keyword, name))
                if isinstance(demand, list):
                    self.found.needs.extend(
                        Need((*when, condition), other, part.at(keyword, name), part, when)
                        for other in demand
                        if isinstance(other, str)
                    )
                else:
                    self._under(part, (keyword, name), (*when, condition))

    def _under(self, part: Part, path: tuple[str, ...], when: All) -> None:
        """Take in the schema below `part` at `path`, under `when`."""
        place = part.at(*path)
        value: Json = part.schema
        for step in path:
            value = value[step]
        if value is not False:
            self.ledger.taken(place, "condition")
        self.add(self.sources.parts_of(value, place, part.via), when)

    def _alternatives(self, part: Part, keyword: str, when: All, around: list[Part]) -> None:
        place, written = part.at(keyword), part.schema[keyword]
        if not isinstance(written, list) or not written or len(written) > MOST_ALTERNATIVES:
            self.ledger.refused(place, "schema.shape")
            return
        if self._takes_anything(part, keyword, around):
            return
        branches = [
            (at, self.sources.parts_of(branch, part.at(keyword, at), part.via))
            for at, branch in enumerate(written)
            if not never(branch) and not says_nothing(branch)
        ]
        for at, branch in enumerate(written):
            if isinstance(branch, dict) and never(branch):
                self.ledger.taken(part.at(keyword, at), "no_effect")
                self.ledger.taken(part.at(keyword, at, "not"), "no_effect")
        branches = [branch for branch in branches if not self._only_null(branch[1])]
        self.ledger.taken(place, "alternatives")
        if not branches:
            return
        if len(branches) == 1:
            self.add(branches[0][1], when)
        elif all(constants(parts) is not None for _, parts in branches):
            self._one_choice(part, keyword, branches, when)
        elif not (
            self._told_apart(part, keyword, branches, when, around)
            or self._demand(part, keyword, branches, when, around)
        ):
            self._switch(part, keyword, branches, when)

    def _takes_anything(self, part: Part, keyword: str, around: list[Part]) -> bool:
        """Say whether `anyOf` refuses nothing, as one of its alternatives takes any value."""
        written, place = part.schema[keyword], part.at(keyword)
        empty = [at for at, branch in enumerate(written) if says_nothing(branch)]
        idle = bool(empty) and keyword == "anyOf" and any("type" in one.schema for one in around)
        if empty and not idle:
            self.ledger.partial(place, "alternatives.any")
        if idle:
            self.ledger.taken(place, "no_effect")
        for at in range(len(written)) if idle else empty:
            self.ledger.taken(part.at(keyword, at), "no_effect")
            for word in written[at] if isinstance(written[at], dict) else ():
                self.ledger.taken(part.at(keyword, at, word), "no_effect")
        return idle

    def _only_null(self, parts: list[Part]) -> bool:
        null = any(p.get("type") == "null" or ("const" in p.schema and p.get("const") is None) for p in parts)
        if null:
            for part in parts:
                for keyword in part.schema:
                    self.ledger.taken(
                        part.at(keyword), "empty" if keyword in ("type", "const") else "no_effect"
                    )
        return null

    def _one_choice(
        self, part: Part, keyword: str, branches: list[tuple[int, list[Part]]], when: All
    ) -> None:
        """Make one choice of alternatives that are values; `oneOf` refuses what stands in two of them."""
        options: dict[str, tuple[Json, str]] = {}
        stands = Counter(ident(v) for _, parts in branches for v in constants(parts) or [])
        for _, parts in branches:
            values, own = constants(parts) or [], title_of(parts)
            title = own or described(parts)
            for value in values:
                if keyword == "oneOf" and stands[ident(value)] > 1:
                    continue
                options.setdefault(ident(value), (value, title if len(values) == 1 else ""))
            for piece in parts:
                for word in ("const", "enum", "title", "type", "description"):
                    if word in piece.schema:
                        self.ledger.taken(piece.at(word), "option")
                        if word == "description" and words.text(piece.schema[word]) not in ("", title):
                            self.ledger.look(piece.at(word), "option.described")
                        if word in ("title", "description") and not words.storable(piece.schema[word]):
                            self.ledger.look(piece.at(word), "text.marks")
        if not options:
            self.ledger.refused(part.at(keyword), "schema.never")
        self.found.claims.append(Claim(when, Part(part.pointer, {}, part.via), tuple(options.values())))

    def _told_apart(
        self,
        part: Part,
        keyword: str,
        branches: list[tuple[int, list[Part]]],
        when: All,
        around: list[Part],
    ) -> bool:
        teller = telling_member([parts for _, parts in branches], self.sources)
        openapi = not teller
        teller = teller or discriminated(part, [(part.schema[keyword][at], p) for at, p in branches])
        if teller is None:
            return False
        name, values = teller
        if openapi:
            self.ledger.partial(part.at("discriminator"), "discriminator.taken", name=name)
        self._told_always(part, keyword, name, [parts for _, parts in branches], when, around)
        options: list[tuple[Json, str]] = []
        for (_, parts), own in zip(branches, values, strict=True):
            title = title_of(parts) if len(own) == 1 else ""
            options += [(value, title) for value in own]
            for piece in parts:
                if "title" in piece.schema:
                    self.ledger.taken(piece.at("title"), "label")
            inner = self._teller(parts, name, own if openapi else None)
            test = self._test(inner, name, own, part.at(keyword))
            before = len(self.found.needs)
            self.add(parts, (*when, test))
            for need in self.found.needs[before:]:
                if need.name == name:
                    self.ledger.taken(need.pointer, "required")
            self.found.needs[before:] = [n for n in self.found.needs[before:] if n.name != name]
        self.found.needs.append(Need(when, name, part.at(keyword), part, when))
        self.found.tellers.setdefault(name, []).append(
            Claim(when, Part(part.pointer, {}, part.via), tuple(options))
        )
        return True

    def _teller(self, parts: list[Part], name: str, values: list[Json] | None) -> list[Part]:
        """Return what one alternative says of the member that tells it apart, and enter it.

        `values` are those that OpenAPI's `discriminator` gives the member; None where it says its own.
        """
        place = next(part for part in parts if name in members(part))
        member = place.at("properties", name)
        self.consumed.add(member)
        inner = self.sources.parts_of(place.schema["properties"][name], member, place.via)
        words_of = ("const", "enum", "type", "title", "default") if values is None else ("type", *ANNOTATIONS)
        for piece in inner:
            for word in words_of:
                if word in piece.schema:
                    self.ledger.taken(piece.at(word), "option")
        return inner if values is None else [Part(member, {"enum": values}, place.via)]

    def _test(self, inner: list[Part], name: str, values: list[Json], of: str) -> Holds:
        """Return that the telling member has one of `values`; the same words make the same condition."""
        at, told = pointers.below(self.at, name), frozenset(map(ident, values))
        if any(set(piece.schema) - ANNOTATIONS - {"const", "enum", "type"} for piece in inner):
            return Holds(tuple(inner), at, self.scope, undefined=False, of=of)
        test = Holds(tuple(inner), at, self.scope, undefined=False, of=of, values=told)
        return self.scope.tests.setdefault((at, told), test)

    def _told_always(
        self, part: Part, keyword: str, name: str, branches: list[list[Part]], when: All, around: list[Part]
    ) -> None:
        """Name that the form demands the member that tells the alternatives apart, where the file may not."""
        below = pointers.below(self.at, name)
        given = any(isinstance(one, Given) and one.at == below and one.scope is self.scope for one in when)
        sure = given or demands(around, name) or all(demands(parts, name) for parts in branches)
        if not (sure or (keyword == "oneOf" and fit_without(branches, name))):
            self.ledger.partial(part.at(keyword), "alternatives.told", name=name)

    def _demand(
        self,
        part: Part,
        keyword: str,
        branches: list[tuple[int, list[Part]]],
        when: All,
        around: list[Part],
    ) -> bool:
        """Say whether the alternatives only demand something of members that are asked for anyway."""
        known = {name for p in around for name in members(p)}
        for _, parts in branches:
            for piece in parts:
                named = members(piece)
                unreadable = not isinstance(piece.schema.get("properties", {}), dict)
                if unreadable or set(piece.schema) - NOTHING_NEW or set(named) - known:
                    return False
                if not set(piece.schema) & {"required", "not", "properties", "anyOf", "oneOf"}:
                    return False
        self.found.checks.append(Check(part, keyword, when))
        return True

    def _switch(self, part: Part, keyword: str, branches: list[tuple[int, list[Part]]], when: All) -> None:
        switch = Item("question", self.at, self.scope, f"{self.name} kind", part.at(keyword), "choice")
        switch.label = self.words.kind.replace("{label}", self.label)
        switch.marks["variant"] = True
        switch.visible = [when] if when else []
        for number, (_, parts) in enumerate(branches, 1):
            value = f"v{number}"
            label = title_of(parts) or self._guessed(parts) or str(number)
            if label in (other for _, other in switch.options):
                label = f"{label} ({number})"
            switch.options.append((value, label))
            for piece in parts:
                if "title" in piece.schema:
                    self.ledger.taken(piece.at("title"), "label")
            self.add(parts, (*when, Is(switch, (value,))))
        if keyword == "oneOf" and not apart([parts for _, parts in branches], self.sources):
            self.ledger.partial(part.at(keyword), "alternatives.overlap")
        if keyword == "anyOf" and all(any("properties" in p.schema for p in parts) for _, parts in branches):
            self.ledger.partial(part.at(keyword), "alternatives.one")
        self.found.switches.append(switch)

    def _guessed(self, parts: list[Part]) -> str:
        """Return words for an alternative without a title: its values, its members, or its type."""
        values = constants(parts)
        if values:
            return ", ".join(words.said(value) for value in values[:5])
        names = [n for p in parts for n in members(p)]
        if names:
            return ", ".join(words.humanised(name) for name in names[:3])
        kinds = self.words.of_type()
        return next((kinds.get(str(p.get("type")), "") for p in parts if "type" in p.schema), "")
