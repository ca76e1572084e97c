"""Schemas of the kinds that offices and programs write, and data near what they take.

`make fuzz` draws others each time. Every test run judges those kept in `realistic.json`, which
`python -m tests.builder.jsonschema.realistic` writes anew after the strategies below have changed: what
hypothesis draws depends on what else is loaded, so the same number of draws finds something or not by chance.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from builder.jsonschema import pointers

Json = Any
NAMES = ("nama", "umur", "alamat", "kota", "jenis", "luas")
WORDS = ("a", "ab", "abc", "b1", "12", "x y", "zzzzzz", "foo", "bar")
NUMBERS = (0, 1, 2, 3, 5, 7, 10, -1, 1.5, 2.25, 100)
PATTERNS = ("^[a-z]+$", "^[0-9]{2}$", "b", "^a", "^[A-Z]{2}[0-9]+$", "^(foo|bar)$")
FORMATS = {"email": "a@b.id", "date": "2026-09-01", "uuid": "123e4567-e89b-12d3-a456-426614174000",
           "ipv4": "10.0.0.1"}  # fmt: skip


def _some(always: dict[str, Any], /, **optional: Any) -> st.SearchStrategy[dict[str, Json]]:
    given = {
        word: one if isinstance(one, st.SearchStrategy) else st.just(one) for word, one in always.items()
    }
    few = st.lists(st.sampled_from(sorted(optional)), max_size=2, unique=True)
    return few.flatmap(
        lambda words: st.fixed_dictionaries({**given, **{word: optional[word] for word in words}})
    )


LENGTH = st.integers(0, 6)
TITLE = st.sampled_from(("Nama lengkap", "Jumlah", "Alamat"))
NULLABLE = st.sampled_from(("string", "integer", "number", "boolean"))
STRINGS = st.one_of(
    _some({"type": "string"}, minLength=LENGTH, maxLength=st.integers(1, 8), title=TITLE),
    _some({"type": "string"}, pattern=st.sampled_from(PATTERNS), maxLength=st.integers(2, 8)),
    _some({"type": "string", "format": st.sampled_from(sorted(FORMATS))}, title=TITLE),
    _some({"type": "string"}, default=st.sampled_from(WORDS)),
)
VALUES = st.lists(st.sampled_from((*WORDS, 1, 2, 2.5, True)), min_size=1, max_size=4, unique_by=repr)
CHOICES = st.one_of(
    VALUES.map(lambda found: {"enum": found}),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4, unique=True).map(
        lambda found: {
            "type": "string",
            "oneOf": [{"const": one, "title": f"Pilihan {one}"} for one in found],
        }
    ),
    st.sampled_from(WORDS).map(lambda one: {"const": one}),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True).map(
        lambda found: {"type": ["string", "null"], "enum": [*found, None]}
    ),
)
_LIMITS = {
    "minimum": st.sampled_from((0, 1, 1.5, -1)),
    "maximum": st.sampled_from((5, 10, 7.5)),
    "exclusiveMinimum": st.sampled_from((0, 1)),
    "exclusiveMaximum": st.sampled_from((6, 10)),
    "multipleOf": st.sampled_from((1, 2, 0.5, 0.01, 3)),
}
INTEGERS = _some({"type": st.sampled_from(("integer", "number"))}, **_LIMITS)
NULLS = NULLABLE.map(lambda kind: {"type": [kind, "null"]})
UNTYPED = st.one_of(
    _some({"minLength": LENGTH}, title=TITLE),
    _some({"minimum": st.integers(0, 3)}, title=TITLE),
    _some({"pattern": st.sampled_from(PATTERNS)}, title=TITLE),
)
SCALARS = st.one_of(STRINGS, CHOICES, INTEGERS, NULLS, st.just({"type": "boolean"}), UNTYPED)
REFERENCES = st.sampled_from(({"$ref": "#/$defs/satu"}, {"$ref": "#/$defs/dua"}, {"$ref": "#/$defs/pohon"}))


def _lists(inner: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    return st.one_of(
        _some(
            {"type": "array", "items": inner},
            minItems=st.integers(0, 2),
            maxItems=st.integers(1, 4),
            uniqueItems=st.booleans(),
            contains=SCALARS,
            minContains=st.integers(0, 2),
        ),
        _some(
            {"type": "array", "prefixItems": st.lists(inner, min_size=1, max_size=3)},
            items=st.one_of(st.booleans(), SCALARS),
            minItems=st.integers(0, 3),
        ),
        VALUES.map(lambda found: {"type": "array", "items": {"enum": found}, "uniqueItems": True}),
    )


def _objects(inner: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    names = st.lists(st.sampled_from(NAMES), min_size=1, max_size=2, unique=True)
    members = st.dictionaries(st.sampled_from(NAMES), inner, min_size=1, max_size=4)
    part = _some({"properties": st.dictionaries(st.sampled_from(NAMES), inner, max_size=2)}, required=names)
    test = st.one_of(
        st.sampled_from(NAMES).map(lambda name: {"required": [name]}),
        st.tuples(st.sampled_from(NAMES), SCALARS).map(lambda told: {"properties": {told[0]: told[1]}}),
        st.tuples(st.sampled_from(NAMES), st.sampled_from((*WORDS, 1, True))).map(
            lambda told: {"properties": {told[0]: {"const": told[1]}}, "required": [told[0]]}
        ),
    )
    return _some(
        {"type": "object", "properties": members},
        required=names,
        dependentRequired=st.dictionaries(st.sampled_from(NAMES), names, min_size=1, max_size=2),
        dependentSchemas=st.dictionaries(st.sampled_from(NAMES), part, min_size=1, max_size=1),
        allOf=st.lists(st.one_of(part, st.builds(_if, test, part, st.none() | part)), min_size=1, max_size=2),
        anyOf=st.lists(st.one_of(part, test), min_size=1, max_size=2),
        oneOf=st.lists(part, min_size=1, max_size=2),
        additionalProperties=st.one_of(st.booleans(), SCALARS),
        patternProperties=st.dictionaries(st.sampled_from(("^x-", "_id$")), SCALARS, min_size=1, max_size=1),
        unevaluatedProperties=st.booleans(),
        minProperties=st.integers(0, 2),
        **{"not": test},
    )


def _if(test: Json, then: Json, other: Json) -> Json:
    return {"if": test, "then": then, **({"else": other} if other else {})}


def _rooted(made: Json, defs: Json) -> Json:
    tree = {"type": "object", "properties": {"nama": {"type": "string"}, "anak": {"$ref": "#/$defs/pohon"}}}
    return {**made, "$defs": {**defs, "pohon": tree}}


INNER = st.recursive(
    st.one_of(SCALARS, SCALARS, REFERENCES),
    lambda inner: st.one_of(_lists(inner), _objects(inner)),
    max_leaves=5,
)
SCHEMAS = st.builds(
    _rooted, _objects(INNER), st.fixed_dictionaries({"satu": SCALARS, "dua": _objects(SCALARS)})
)


def data(schema: Json, root: Json, chance: Random, depth: int = 5) -> Json:
    """Return data near what a schema describes; by no means always right."""
    if not isinstance(schema, dict) or not depth:
        return chance.choice((*WORDS, *NUMBERS, True))
    if isinstance(schema.get("$ref"), str):
        return data(pointers.follow(root, schema["$ref"][1:]), root, chance, depth - 1)
    if "const" in schema and chance.random() < 0.9:
        return schema["const"]
    if "enum" in schema and chance.random() < 0.9:
        return chance.choice(schema["enum"])
    told = schema.get("oneOf") or schema.get("anyOf")
    kind = schema.get("type")
    if told and kind != "object" and "properties" not in schema:
        return data({**schema, **chance.choice(told), "oneOf": None, "anyOf": None}, root, chance, depth)
    if isinstance(kind, list):
        kind = chance.choice([one for one in kind if one != "null"] or ["null"])
    if kind == "object" or "properties" in schema:
        return _object(schema, root, chance, depth)
    if kind == "array" or "items" in schema or "prefixItems" in schema:
        return _list(schema, root, chance, depth)
    if kind in ("integer", "number") or "minimum" in schema:
        return chance.choice(NUMBERS)
    if kind == "boolean":
        return chance.random() < 0.5
    if schema.get("format") in FORMATS:
        return FORMATS[schema["format"]]
    return chance.choice(WORDS)


def _object(schema: Json, root: Json, chance: Random, depth: int) -> Json:
    found: dict[str, Json] = {}
    parts = [schema, *schema.get("allOf", ()), *(schema.get("anyOf") or ()), *(schema.get("oneOf") or ())]
    parts += [one for part in parts for one in (part.get("then"), part.get("else")) if isinstance(one, dict)]
    parts += [one for one in schema.get("dependentSchemas", {}).values() if isinstance(one, dict)]
    for part in parts:
        for name, one in (part.get("properties") or {}).items():
            if name not in found and chance.random() < (0.95 if name in schema.get("required", ()) else 0.5):
                found[name] = data(one, root, chance, depth - 1)
    for name in schema.get("patternProperties") or {}:
        if chance.random() < 0.4:
            found[{"^x-": "x-satu", "_id$": "no_id"}.get(name, name)] = data(
                schema["patternProperties"][name], root, chance, depth - 1
            )
    if isinstance(schema.get("additionalProperties"), dict) and chance.random() < 0.4:
        found["lain"] = data(schema["additionalProperties"], root, chance, depth - 1)
    return found


def _list(schema: Json, root: Json, chance: Random, depth: int) -> Json:
    first = schema.get("prefixItems") or (schema["items"] if isinstance(schema.get("items"), list) else [])
    rest = schema.get("items") if isinstance(schema.get("items"), dict) else {}
    count = chance.randint(0, len(first) or 3)
    return [data(first[at] if at < len(first) else rest, root, chance, depth - 1) for at in range(count)]


KEPT_IN = Path(__file__).with_suffix(".json")
KEPT: list[Json] = json.loads(KEPT_IN.read_text(encoding="utf-8")) if KEPT_IN.exists() else []
MANY = 120


def draw(count: int, number: int, take: Callable[[Json], None]) -> None:
    """Hand `count` random schemas to `take`, the same for the same `number` in the same program."""

    @seed(number)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(schema=SCHEMAS)
    def each(schema: Json) -> None:
        take(schema)

    each()


def main() -> None:
    """Write `MANY` different schemas to the file of kept ones, a line each."""
    found: dict[str, None] = {}
    draw(MANY * 2, 1, lambda schema: found.setdefault(json.dumps(schema, ensure_ascii=False)))
    lines = ",\n".join(list(found)[:MANY])
    KEPT_IN.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
