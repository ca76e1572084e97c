"""Random schemas of the kind that offices write, and random data for them."""

from __future__ import annotations

from random import Random
from typing import Any

Json = Any
TEXTS = ("a", "ab", "abc", "abcd", "b1", "12", "x y", "zzzzzz")
NUMBERS = (0, 1, 2, 3, 5, 10, -1, 1.5, 2.25, 100)
NAMES = "abcdef"


class Maker:
    """Makes schemas and data out of one source of chance."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def pick(self, *things: Json) -> Json:
        return self.random.choice(things)

    def text(self) -> Json:
        way = self.random.random()
        if way < 0.3:
            values = self.random.sample(TEXTS, self.random.randint(1, 4))
            return {"type": "string", **self.pick({"enum": values}, {"const": values[0]})}
        limits = {
            "minLength": self.random.randint(1, 4),
            "maxLength": self.random.randint(1, 6),
            "pattern": self.pick("^[a-z]+$", "^[0-9]{2}$", "b", "^a"),
        }
        return {"type": "string", **{word: limits[word] for word in limits if self.chance(0.3)}}

    def number(self) -> Json:
        kind = {"type": self.pick("integer", "number")}
        if self.chance(0.15):
            return {**kind, "enum": self.random.sample([0, 1, 2, 3], 2)}
        limits = {
            "minimum": self.pick(0, 1, 1.5, -1),
            "maximum": self.pick(2, 5, 10, 2.5),
            "exclusiveMinimum": self.pick(0, 1),
            "exclusiveMaximum": self.pick(3, 10),
            "multipleOf": self.pick(2, 0.5, 1, 3),
        }
        return {**kind, **{word: limits[word] for word in limits if self.chance(0.2)}}

    def scalar(self) -> Json:
        return self.pick(self.text, self.number, self.text, lambda: {"type": "boolean"})()

    def value(self, depth: int) -> Json:
        """Return the schema of one member."""
        made = self.text()
        limits = [{k: v for k, v in self.text().items() if k != "type"} or {"minLength": 1} for _ in "12"]
        return self.pick(
            *[self.scalar()] * 6,
            self.object(depth - 1) if depth else made,
            {self.pick("anyOf", "oneOf"): [self.scalar() for _ in range(self.random.randint(1, 3))]},
            {**made, self.pick("anyOf", "oneOf", "allOf"): limits},
            {**made, "not": self.text()},
            {**self.number(), "not": self.number()},
            {**made, "type": ["string", self.pick("null", "integer", "number")]},
            {self.pick("anyOf", "oneOf"): [self.scalar(), {"type": "null"}]},
            {"enum": self.random.sample([1, "a", True, "2", 2.5], 3)},
        )

    def object(self, depth: int) -> Json:
        names = self.random.sample(NAMES, self.random.randint(2, 4))
        made = {"type": "object", "properties": {name: self.value(depth) for name in names}}
        if self.chance(0.5):
            made["required"] = self.random.sample(names, self.random.randint(1, 2))
        if self.chance(0.3):
            made["additionalProperties"] = False
        for _ in range(self.pick(0, 0, 1, 1, 2)):
            made |= self.rule(made["properties"], *self.random.sample(names, 2))
        return made

    def rule(self, members: dict[str, Json], one: str, other: str) -> Json:
        """Return something that members demand of each other."""
        needs = {"required": [other]}
        test = self.pick(
            {"required": [one]},
            {"properties": {one: self.scalar()}, **self.pick({}, {"required": [one]})},
            {"properties": {one: {"const": members[one].get("enum", ["a"])[0]}}, "required": [one]},
        )
        kinds = [{"k": {"const": word}, word: self.scalar()} for word in "pq"]
        return self.pick(
            {"dependentRequired": {one: [other]}},
            {"dependentSchemas": {one: {"properties": {other: self.scalar()}}}},
            {"if": test, "then": needs, **self.pick({}, {"else": needs}, {"else": {"not": needs}})},
            {"if": test, "then": {"properties": {other: self.scalar()}}},
            {"if": test, self.pick("then", "else"): {"properties": {other: False}}},
            {self.pick("anyOf", "oneOf"): [{"required": [one]}, needs]},
            {"not": {"required": [one, other]}},
            {"allOf": [{"if": test, "then": {"properties": {"z": self.scalar()}, "required": ["z"]}}]},
            {self.pick("anyOf", "oneOf"): [{"properties": kind, "required": ["k"]} for kind in kinds]},
            {"dependentSchemas": {one: {"properties": {other: {"type": ["string", "null"]}}}}},
        )

    def told_apart(self) -> Json:
        """Return an object with `anyOf` and `oneOf`, most often told apart by the same member."""
        known = {"k": self.pick({"type": "string"}, {"enum": ["p", "q"]}), "a": self.scalar()}
        made = {"type": "object", "properties": {n: s for n, s in known.items() if self.chance(0.5)}}
        made |= {"anyOf": self.told("k"), "oneOf": self.told(self.pick("k", "k", "k", "j"))}
        if self.chance(0.3):
            made["required"] = ["k"]
        if self.chance(0.3):
            test = {"properties": {"a": self.scalar()}, "required": ["a"]}
            more = {self.pick("anyOf", "oneOf"): self.told("k")}
            made["allOf"] = [self.pick(more, {"if": test, "then": more})]
        return made

    def told(self, name: str) -> list[Json]:
        """Return two alternatives that the member `name` tells apart."""
        made = []
        ways = {"a": self.text, "b": self.number, "z": self.scalar}
        for word in self.random.sample(self.pick("pq", "pq", "pqr"), 2):
            one = {n: ways[n]() for n in self.random.sample("abz", self.random.randint(0, 2))}
            one[name] = self.pick({"const": word}, {"enum": [word]}, {"type": "string", "const": word})
            needs = [[name], [name], [name], [name, self.pick(*"abz")], []]
            closed = {"additionalProperties": False} if self.chance(0.15) else {}
            made.append({"properties": one, "required": self.pick(*needs), **closed})
        return made

    def told_data(self, schema: Json) -> Json:
        """Return data for what `told_apart` made."""
        found = {name: self.pick(*"pqrs") for name, share in (("k", 0.9), ("j", 0.3)) if self.chance(share)}
        inner = [schema, *schema["anyOf"], *schema["oneOf"]]
        for name in "abz":
            ways = [part["properties"][name] for part in inner if name in part["properties"]]
            if self.chance(0.5):
                found[name] = self.data(self.pick(*ways)) if ways else self.pick("a", 1)
        return found

    def data(self, schema: Json) -> Json:
        """Return data that a schema may take."""
        if schema.get("type") == "object":
            inner = [schema, *schema.get("oneOf", ()), *schema.get("anyOf", ())]
            inner += [part["then"] for part in schema.get("allOf", ())]
            named = {name: one for part in inner for name, one in part.get("properties", {}).items()}
            found = {name: self.data(one) for name, one in named.items() if self.chance(0.7)}
            return found or {name: self.data(one) for name, one in named.items()}
        listed = schema.get("enum", [schema["const"]] if "const" in schema else [])
        if listed and self.chance(0.7):
            return self.pick(*listed)
        kinds = {"integer": NUMBERS, "number": NUMBERS, "boolean": (True, False), "string": TEXTS}
        kinds["null"] = (None,)
        kind = schema.get("type")
        if isinstance(kind, str) and self.chance(0.95):
            return self.pick(*kinds[kind])
        ways = schema.get("anyOf", schema.get("oneOf"))
        return self.data(self.pick(*ways)) if ways else self.pick(*TEXTS, *NUMBERS, True, None)
