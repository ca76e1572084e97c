"""The last walk over the source: what nobody entered is entered now, so that nothing is dropped silently."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from builder.jsonschema import pointers
from builder.jsonschema.alternatives import ANNOTATIONS
from builder.jsonschema.ledger import Ledger
from builder.jsonschema.resolve import Sources
from builder.jsonschema.shape import OWNER

Json = Any
BY_NAME = ("properties", "patternProperties", "definitions", "$defs", "dependentSchemas", "dependencies")
LISTED = ("allOf", "anyOf", "oneOf", "prefixItems", "items")
SINGLE = (
    *("additionalProperties", "additionalItems", "contains", "propertyNames", "not", "if", "then", "else"),
    *("items", "unevaluatedItems", "unevaluatedProperties", "contentSchema"),
)
HARMLESS = {
    "$schema": "about_schema", "$id": "about_schema", "id": "about_schema", "$anchor": "about_schema",
    "$comment": "about_schema", "$vocabulary": "about_schema", "$dynamicAnchor": "about_schema",
    "$recursiveAnchor": "about_schema", "definitions": "store", "$defs": "store",
    "x-field": "about_schema", "x-group": "about_schema", "x-page": "about_schema",
}  # fmt: skip
KNOWN = frozenset(
    (
        *BY_NAME, *LISTED, *SINGLE, *OWNER, *ANNOTATIONS,
        *("type", "enum", "const", "$ref", "required", "writeOnly"),
    )
)  # fmt: skip
OLD = {"divisibleBy": "multipleOf", "extends": "allOf", "disallow": "not"}
"""Words of draft 3 that have other names since."""
MISTAKEN = KNOWN - ANNOTATIONS | {"title", "default"}  # what a form would miss if it were written wrongly


def children(schema: dict[str, Json]) -> Iterator[tuple[str, tuple[str | int, ...], Json]]:
    """Yield the subschemas of a schema: the keyword, the path below the schema, the subschema."""
    for keyword, value in schema.items():
        if keyword in BY_NAME and isinstance(value, dict):
            for name, inner in value.items():
                if isinstance(inner, (dict, bool)):
                    yield keyword, (keyword, name), inner
        elif keyword in LISTED and isinstance(value, list):
            for at, inner in enumerate(value):
                yield keyword, (keyword, at), inner
        elif keyword in SINGLE and isinstance(value, (dict, bool)):
            yield keyword, (keyword,), value


def sweep(sources: Sources, ledger: Ledger) -> None:
    """Enter every keyword of every subschema that has no entry and stands in nothing refused."""
    seen: set[str] = set()
    _swept(sources, ledger, sources.root, "", seen)
    for at in sorted(sources.visited):  # what is referred to may stand anywhere, as in OpenAPI
        if at not in seen and not any(map(ledger.refuses, _above(at))):
            _swept(sources, ledger, pointers.follow(sources.root, at), at, seen)


def _above(at: str) -> Iterator[str]:
    while at:
        yield at
        at = pointers.parent(at)


def _swept(sources: Sources, ledger: Ledger, root: Json, start: str, seen: set[str]) -> None:
    waiting: list[tuple[Json, str, bool]] = [(root, start, False)]
    while waiting:
        schema, at, stored = waiting.pop()
        seen.add(at)
        if not isinstance(schema, dict) or ledger.refuses(at):
            continue
        if at not in sources.visited:
            if stored:
                ledger.taken(at, "unused")
            elif not ledger.knows(at):
                ledger.refused(at, "not_reached")
            _stored(waiting, schema, at)
            continue
        for keyword in schema:
            _keyword(ledger, pointers.below(at, keyword), keyword, schema)
        for keyword, path, inner in children(schema):
            place = pointers.below(at, keyword)
            if not ledger.refuses(place):
                waiting.append((inner, pointers.below(at, *path), keyword in ("definitions", "$defs")))


def _stored(waiting: list[tuple[Json, str, bool]], schema: dict[str, Json], at: str) -> None:
    """Look for definitions inside something unused; they may be used from elsewhere."""
    for keyword, path, inner in children(schema):
        if keyword in ("definitions", "$defs"):
            waiting.append((inner, pointers.below(at, *path), True))


def _keyword(ledger: Ledger, place: str, keyword: str, schema: dict[str, Json]) -> None:
    if ledger.knows(place):
        return
    if keyword == "required" and schema[keyword] is True:
        ledger.refused(place, "required.inside")
    elif keyword in OLD:
        ledger.refused(place, "keyword.spelt", value=keyword, known=OLD[keyword])
    elif keyword in HARMLESS:
        ledger.taken(place, HARMLESS[keyword])
    elif _elsewhere(keyword, schema):
        ledger.taken(place, "no_effect")
    elif keyword in KNOWN:
        ledger.refused(place, "not_reached")
    elif keyword == "nullable" and isinstance(schema[keyword], bool):
        ledger.partial(place, "nullable") if schema[keyword] else ledger.taken(place, "no_effect")
    elif keyword == "discriminator" and isinstance(schema[keyword], (dict, str)):
        told = schema[keyword]
        name = told.get("propertyName") if isinstance(told, dict) else told  # Swagger 2 names it alone
        ledger.partial(place, keyword, value=keyword, name=str(name)[:60])
    elif meant := _misspelt(keyword):
        ledger.refused(place, "keyword.spelt", value=keyword[:60], known=meant)
    else:  # JSON Schema gives such words no say about the data
        ledger.look(place, "keyword.own", value=keyword[:60])


def _misspelt(keyword: str) -> str:
    """Return the keyword that a word of no meaning looks like, such as `minlength`."""
    folded = {known.lower(): known for known in MISTAKEN}
    word = keyword.lower()
    if word in folded:
        return folded[word] if keyword not in KNOWN else ""
    near = get_close_matches(word, folded, n=1, cutoff=0.8) if 5 <= len(word) <= 30 else []
    return folded[near[0]] if near else ""


def _elsewhere(keyword: str, schema: dict[str, Json]) -> bool:
    """Say whether the keyword means nothing here: it is about another type, or lacks its `if`."""
    if keyword in ("then", "else"):
        return "if" not in schema
    written = schema.get("type")
    named = written if isinstance(written, list) else [written]
    kinds = {"number" if kind == "integer" else str(kind) for kind in named}
    return written is not None and keyword in OWNER and OWNER[keyword] not in kinds
