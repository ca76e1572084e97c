"""What several parts say together about one value: its type, its limits, its values.

Knows JSON Schema's keywords from draft 4 to 2020-12, not what we make of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from builder.jsonschema import words
from builder.jsonschema.gather import Claim
from builder.jsonschema.jsonvalues import ident, type_of
from builder.jsonschema.ledger import Ledger
from builder.jsonschema.resolve import Part

Json = Any
TYPES = ("object", "array", "string", "number", "integer", "boolean", "null")
BY_KEYWORD: dict[str, tuple[str, ...]] = {
    "object": (
        *("properties", "required", "additionalProperties", "patternProperties", "propertyNames"),
        *("minProperties", "maxProperties", "dependencies", "dependentRequired", "dependentSchemas"),
        "unevaluatedProperties",
    ),
    "array": (
        *("items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains"),
        *("additionalItems", "minContains", "maxContains", "unevaluatedItems"),
    ),
    "string": ("minLength", "maxLength", "pattern", "format", "contentEncoding", "contentMediaType"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
}
TELLING = ("properties", "items", "prefixItems")  # what says most of a kind
SILENT = ("unevaluatedItems", "unevaluatedProperties", "additionalItems")
OWNER = {keyword: kind for kind, keywords in BY_KEYWORD.items() for keyword in keywords}


def types_of(part: Part, ledger: Ledger) -> list[str] | None:
    """Return the types a part names, or None when it names none."""
    written = part.get("type")
    if written is None:
        return None
    named = written if isinstance(written, list) else [written]
    known = [name for name in named if name in TYPES]
    if len(known) != len(named) or not named:
        ledger.refused(part.at("type"), "type.unknown", value=str(written)[:60])
    return known or None


def shaped(claim: Claim) -> bool:
    """Say whether a claim tells what kind of value there is, not only how to call it."""
    said = claim.part.schema
    return bool(claim.options) or any(word in OWNER or word in ("type", "enum", "const") for word in said)


def kinds(claims: Sequence[Claim], ledger: Ledger) -> list[str]:
    """Return the types that all claims leave possible, without null; empty when nothing is said."""
    left: list[str] | None = None
    for claim in claims:
        named = types_of(claim.part, ledger)
        if named is not None:
            left = _both(left, named)
    if left is None:
        left = _inferred(claims)
    return [kind for kind in left if kind != "null" and not (kind == "integer" and "number" in left)]


def _both(left: list[str] | None, named: list[str]) -> list[str]:
    if left is None:
        return list(named)
    both = [kind for kind in left if kind in named or (kind == "integer" and "number" in named)]
    if "number" in left and "integer" in named and "integer" not in both:
        both.append("integer")
    return both


def _inferred(claims: Sequence[Claim]) -> list[str]:
    found: list[str] = []
    for value in values_of(claims) or []:
        found.append(type_of(value))
    for claim in claims:
        found += [OWNER[word] for word in claim.part.schema if word in OWNER]
    return list(dict.fromkeys(found))


def guessed(claims: Sequence[Claim], ledger: Ledger) -> None:
    """Name that a value is taken for one kind only because of what is said of that kind."""
    if any("type" in claim.part.schema for claim in claims) or values_of(claims) is not None:
        return
    for claim in claims:
        words = [word for word in claim.part.schema if word in OWNER and word not in SILENT]
        whole = [word for word in words if not ledger.lost(claim.part.at(word))]
        if words:
            chosen = next((word for word in whole if word in TELLING), (whole or words)[0])
            ledger.partial(claim.part.at(chosen), "type.guessed")
            return


def values_of(claims: Iterable[Claim]) -> list[Json] | None:
    """Return the values that `enum`, `const` and options leave, in the order of the first list."""
    left: list[Json] | None = None
    for claim in claims:
        lists = []
        if claim.options:
            lists.append([value for value, _ in claim.options])
        if isinstance(claim.part.get("enum"), list):
            lists.append(claim.part.schema["enum"])
        if "const" in claim.part.schema:
            lists.append([claim.part.schema["const"]])
        for listed in lists:
            known = {ident(value) for value in listed}
            left = list(listed) if left is None else [v for v in left if ident(v) in known]
    if left is None:
        return None
    return list({ident(value): value for value in left}.values())


NAMES_OF_VALUES = (
    *("x-enum-varnames", "x-enum-descriptions", "x-enumDescriptions", "enumDescriptions", "meta:enum"),
    *("x-enumNames", "enumNames"),
)
"""Words of other programs for the values of `enum`: as many in their order, or by value. The last counts."""


def labels_of(claims: Iterable[Claim], ledger: Ledger) -> dict[str, str]:
    """Return the label of each value that has one: titles of alternatives, and `enumNames`."""
    found: dict[str, str] = {}
    for claim in claims:
        found.update({ident(value): label for value, label in claim.options if label})
        for keyword in NAMES_OF_VALUES:
            names, values = claim.part.get(keyword), claim.part.get("enum")
            if isinstance(names, dict) and isinstance(values, list):
                names = [names.get(value) if isinstance(value, str) else None for value in values]
            if isinstance(names, list) and isinstance(values, list):
                ledger.taken(claim.part.at(keyword), "label")
                if not words.storable(names):
                    ledger.look(claim.part.at(keyword), "text.marks")
                found.update(
                    {
                        ident(value): words.text(name)[:200]
                        for value, name in zip(values, names, strict=False)
                        if words.text(name)
                    }
                )
    return found


def first(claims: Iterable[Claim], keyword: str) -> tuple[Json, Part] | None:
    """Return the keyword of the part that says it first, with the part."""
    return next(((c.part.schema[keyword], c.part) for c in claims if keyword in c.part.schema), None)


def all_of(claims: Iterable[Claim], keyword: str) -> list[tuple[Json, Part]]:
    return [(c.part.schema[keyword], c.part) for c in claims if keyword in c.part.schema]
