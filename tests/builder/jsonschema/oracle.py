"""Holds a form against the schema it was made of, by the schema's own validator, and against its report.

Two things are a silent misreading: answers that the form takes and the schema refuses for something that
the report does not name, and data that the schema takes and the form refuses at a place of which the
report names nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from jsonschema.exceptions import ValidationError
from jsonschema.validators import Draft7Validator, Draft202012Validator, validator_for
from referencing import Registry

from builder.jsonschema import Conversion, pointers
from builder.jsonschema.answers import to_answers, to_data, without_blanks
from builder.jsonschema.ledger import Status
from runtime.forms.journey import journey
from schemas import parse
from schemas.definition import Module
from tests.builder.jsonschema import realistic
from tests.builder.jsonschema.accounts import missing
from tests.builder.jsonschema.conftest import converted
from tests.builder.jsonschema.filling import TODAY, Filler

Json = Any
NAMED = ("properties", "patternProperties", "dependentSchemas", "dependencies")
STATUSES: tuple[Status, ...] = ("partial", "refused")
COMBINED = ("allOf", "anyOf", "oneOf")
CONDITIONAL = {"then", "else", "if", "not", "dependentSchemas", "dependencies", "anyOf", "oneOf"}
BESIDE = ("if", "then", "else", "not", "$ref", "$dynamicRef", "$recursiveRef")


class Held:
    """One schema, and the form that was made of it."""

    def __init__(self, schema: Json, made: Conversion) -> None:
        self.schema, self.made = schema, made
        self.document = made.document
        self.own = '"x-own"' in json.dumps(made.document)  # a schema of our own answers
        older = any(isinstance(part.get("items"), list) for _, part in subschemas(schema))
        kind = validator_for(schema, default=Draft7Validator if older else Draft202012Validator)
        self.validator = kind(schema, registry=Registry(), format_checker=kind.FORMAT_CHECKER)
        self.plain = kind(schema, registry=Registry())
        told = [e for s in STATUSES for e in made.entries(s) if e.about == "data"]
        self.guessed = {pointers.parent(e.pointer) for e in told if e.reason == "type.guessed"}
        self.twice = {e.pointer for e in told if e.reason == "asked.twice"}
        self.lost = {e.pointer for e in told if e.reason != "type.guessed"}
        self.module: Module | None = None
        if made.document is not None:
            checked = parse.check_value(made.document)
            assert checked.module is not None, (schema, checked.problems[:3])
            self.module = checked.module

    # answers that the form takes

    def looser(self, chance: Random, rounds: int, texts: Sequence[str] = ()) -> tuple[int, list[str]]:
        """Return how often the form could be filled in, and what it took that the schema refuses unnamed."""
        assert self.module is not None
        assert self.document is not None
        filler, found, filled = Filler(self.module, chance, texts, uploads=self.own), [], 0
        for _ in range(rounds):
            answers = filler.filled()
            if answers is None:
                continue
            filled += 1
            back = to_data(self.document, answers)
            if back is pointers.MISSING:
                continue
            found += [f"{fault} {json.dumps(back)[:200]} <- {answers}" for fault in self.unnamed(back)]
            again = to_answers(self.document, back)
            if (
                without_blanks(to_data(self.document, again.answers)) != without_blanks(back)
                and not self.lost
            ):
                found.append(f"no inverse {answers} -> {back} -> {again}")
        return filled, found

    def unnamed(self, data: Json) -> list[str]:
        """Return what the schema refuses in data for reasons that the report does not name."""
        return [
            f"{pointers.below('', *error.absolute_schema_path)}: {error.message[:100]}"
            for error in self.validator.iter_errors(data)
            if not self.explained(error)
        ]

    def explained(self, error: ValidationError) -> bool:
        """Say whether the report names what is refused, something on the way to it, or inside it."""
        way = list(self.way(error.absolute_schema_path))
        if self._named(way):
            return True
        if self._twice([str(step) for step in error.absolute_path]):
            return True
        if error.validator in ("required", "dependentRequired", "dependencies"):
            return self._members(error)
        if error.validator == "minItems" and self._places(way[-1]):
            return True
        inner = error.context or []
        return any(self.explained(one) for one in inner)

    def way(self, steps: Sequence[str | int]) -> Iterator[str]:
        """Yield the pointers along a schema path; references are followed where the path does."""
        here, at = self.schema, ""
        yield at
        for step in steps:
            for _ in range(20):
                known = isinstance(here, dict) and step in here
                if known or not isinstance(here, dict):
                    break
                word = next((w for w in ("$ref", "$dynamicRef", "$recursiveRef") if w in here), None)
                if word is None:
                    break
                yield pointers.below(at, word)
                target = str(here[word])
                if not target.startswith("#") or (len(target) > 1 and target[1] != "/"):
                    return
                at = pointers.fragment(target[1:])
                here = pointers.follow(self.schema, at)
                yield at
            at = pointers.below(at, step)
            here = pointers.follow(self.schema, at)
            yield at

    def _named(self, way: Sequence[str]) -> bool:
        below = way[-1]
        for at in way:
            above, word = pointers.parent(at), pointers.last(at)
            told = {"then": "if", "else": "if"}.get(word)
            if told and any(pointers.inside(one, pointers.below(above, told)) for one in self.lost):
                return True
            if word.startswith("unevaluated") and any(pointers.inside(one, above) for one in self.lost):
                return True
        return any(at in self.lost for at in way) or any(pointers.inside(at, below) for at in self.lost)

    def _twice(self, steps: list[str]) -> bool:
        """Say whether the report names that the place is asked for more than once at a time."""
        told = [one for one, _ in self.describing(steps)]
        return any(pointers.inside(at, one) for at in self.twice for one in told)

    def _members(self, error: ValidationError) -> bool:
        """Say whether a member that is missing is one that the report says cannot be asked for."""
        wanted = error.validator_value
        if isinstance(wanted, dict):
            wanted = [n for names in wanted.values() if isinstance(names, list) for n in names]
        missing = [name for name in wanted if name not in error.instance]
        ends = [pointers.below("", "properties", name) for name in missing]
        return any(end in at for end in ends for at in self.lost)

    def _places(self, at: str) -> bool:
        """Say whether the report names a place of the list whose number of places is at `at`."""
        listed = [pointers.below(pointers.parent(at), word) for word in ("prefixItems", "items")]
        return any(pointers.inside(one, place) and one != place for one in self.lost for place in listed)

    # data that the schema takes

    def tighter(self, data: Json) -> list[str]:
        """Return where the form refuses data that the schema takes, with nothing about it in the report."""
        assert self.module is not None
        assert self.document is not None
        if not self.validator.is_valid(data) or blank(data):
            return []
        taken = to_answers(self.document, data)
        if not all(map(self._is_described, taken.left)):
            return []  # what the schema says nothing of is no part of the form
        places = [(at, "left") for at in taken.left]
        way = journey(self.module, taken.answers, today=TODAY)
        sources = dict(_sources(self.document))
        for step in way.steps:
            for problem in step.problems:
                keys = pointers.tokens(problem.pointer)
                places.append((self._place(sources, keys), f"{problem.code} {problem.pointer}"))
        if not places and way.answers != taken.answers:
            places.append(("", f"hidden {set(taken.answers) - set(way.answers)}"))
        return [f"{at or '/'} {why} of {json.dumps(data)[:200]}" for at, why in places if not self._told(at)]

    def accepts(self, data: Json) -> bool:
        """Say whether the form takes all of the data as answers."""
        assert self.module is not None
        assert self.document is not None
        taken = to_answers(self.document, data)
        way = journey(self.module, taken.answers, today=TODAY)
        return not taken.left and way.complete and way.answers == taken.answers

    def wrong(self, data: Json) -> list[str]:
        """Return what the schema refuses, unnamed, in data that the form takes as it stands."""
        if blank(data) or self.validator.is_valid(data) or not self.accepts(data):
            return []
        assert self.document is not None
        back = to_data(self.document, to_answers(self.document, data).answers)
        return [f"{fault} {json.dumps(data)[:200]}" for fault in self.unnamed(back)]

    def _place(self, sources: dict[str, str], keys: list[str]) -> str:
        """Return where the answer stands in data of the question that a problem is about."""
        found = ""
        for key in keys:
            found += sources.get(key, "") if not key.isdigit() else f"/{key}"
        return found

    def _is_described(self, at: str) -> bool:
        told = (one for one, _ in self.describing(pointers.tokens(at)))
        return not at or any(not CONDITIONAL & set(pointers.tokens(one)) for one in told)

    def _told(self, at: str) -> bool:
        """Say whether the report names something about the place, or about what it stands in."""
        steps = pointers.tokens(at)
        whole = [one for one, _ in self.describing(steps)]
        ways = [self.describing(steps[:number]) for number in range(len(steps) + 1)]
        if self.guessed.intersection(one for way in ways for one, _ in way):
            return True
        if any(pointers.inside(lost, one) for lost in self.lost for one in whole):
            return True
        for number in range(len(steps)):
            for one, part in self.describing(steps[:number]):
                words = [
                    pointers.below(one, word)
                    for word in part
                    if word not in ("properties", "$defs", "definitions", "items")
                ]
                if one in self.lost or any(
                    pointers.inside(lost, word) for lost in self.lost for word in words
                ):
                    return True
        return False

    def describing(self, steps: Sequence[str]) -> Iterator[tuple[str, dict[str, Json]]]:
        """Yield every schema that says something of a place in the data, under whatever condition."""
        here = list(self._beside([("", self.schema)]))
        for step in steps:
            here = list(self._beside(_inner(here, step)))
        return iter(here)

    def _beside(self, waiting: list[tuple[str, Json]]) -> Iterator[tuple[str, dict[str, Json]]]:
        seen: set[str] = set()
        while waiting:
            at, part = waiting.pop()
            if not isinstance(part, dict) or at in seen:
                continue
            seen.add(at)
            yield at, part
            for word in COMBINED:
                listed = part.get(word)
                for number, one in enumerate(listed if isinstance(listed, list) else ()):
                    waiting.append((pointers.below(at, word, number), one))
            for word in ("dependentSchemas", "dependencies"):
                for name, one in part.get(word, {}).items() if isinstance(part.get(word), dict) else ():
                    waiting.append((pointers.below(at, word, name), one))
            for word in BESIDE:
                target = part.get(word)
                if word.startswith("$") and isinstance(target, str) and target.startswith("#"):
                    inner = pointers.fragment(target[1:])
                    waiting.append((inner, pointers.follow(self.schema, inner)))
                elif isinstance(target, dict):
                    waiting.append((pointers.below(at, word), target))


def _inner(here: list[tuple[str, dict[str, Json]]], step: str) -> list[tuple[str, Json]]:
    found: list[tuple[str, Json]] = []
    for at, part in here:
        members = part.get("properties")
        known = isinstance(members, dict) and step in members
        if known:
            found.append((pointers.below(at, "properties", step), members[step]))
        patterns = part.get("patternProperties")
        for pattern, one in patterns.items() if isinstance(patterns, dict) else ():
            if re.search(pattern, step):
                known = True
                found.append((pointers.below(at, "patternProperties", pattern), one))
        for word in ("additionalProperties", "unevaluatedProperties"):
            if not known and isinstance(part.get(word), dict):
                found.append((pointers.below(at, word), part[word]))
        if step.isdigit():
            for word in ("items", "prefixItems"):
                listed = part.get(word)
                if isinstance(listed, list) and int(step) < len(listed):
                    found.append((pointers.below(at, word, int(step)), listed[int(step)]))
                elif isinstance(listed, dict):
                    found.append((pointers.below(at, word), listed))
            for word in ("additionalItems", "contains", "unevaluatedItems"):
                if isinstance(part.get(word), dict):
                    found.append((pointers.below(at, word), part[word]))
    return found


def _sources(document: Json) -> Iterator[tuple[str, str]]:
    waiting = list(document["pages"])
    while waiting:
        item = waiting.pop()
        waiting += item.get("fields", [])
        if isinstance(item.get("x-source"), str) and "key" in item:
            yield item["key"], item["x-source"]


def subschemas(part: Json, at: str = "") -> Iterator[tuple[str, dict[str, Json]]]:
    """Yield every object in a schema with its pointer."""
    if isinstance(part, dict):
        yield at, part
    for name, one in (
        part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    ):
        yield from subschemas(one, pointers.below(at, name))


def blank(data: Json) -> bool:
    """Say whether data holds what is no answer here: null, an empty text, list or object."""
    if isinstance(data, dict):
        return not data or any(map(blank, data.values()))
    if isinstance(data, list):
        return not data or any(map(blank, data))
    return data is None or (isinstance(data, str) and not data.strip())


def misread(schema: Any, made: Conversion, chance: Random, data: list[Any], rounds: int = 10) -> list[str]:
    """Return every difference between schema and form that the report does not name."""
    if made.document is None:
        return [] if any(True for _ in made.entries("refused")) else ["nothing was made, and no reason given"]
    held = Held(schema, made)
    found = held.looser(chance, rounds)[1]
    for one in data:
        found += [f"refused: {fault}" for fault in held.tighter(one)]
        found += [f"taken: {fault}" for fault in held.wrong(one)]
    return found


def unaccounted(schema: Any, chance: Random) -> list[str]:
    """Return what a form leaves out of `schema` in silence, and what it reads otherwise than it is meant."""
    made = converted(schema)
    data = [realistic.data(schema, schema, chance) for _ in range(10)]
    return [*missing(made, schema), *misread(schema, made, chance, data, rounds=5)]
