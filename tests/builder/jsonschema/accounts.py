"""Walks a source by its own knowledge of JSON Schema and says what a report leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from builder.jsonschema import Conversion, pointers

Json = Any
NAMED = ("properties", "patternProperties", "dependentSchemas", "definitions", "$defs", "dependencies")
LISTS = ("allOf", "anyOf", "oneOf", "prefixItems", "items")
ONE = (
    *("not", "if", "then", "else", "items", "additionalItems", "contains", "propertyNames"),
    *("additionalProperties", "unevaluatedItems", "unevaluatedProperties"),
)


def missing(conversion: Conversion, schema: Json, ui: Json = None) -> list[str]:
    """Return every keyword and UI member in none of the lists, in two, and every entry of nothing."""
    listed = [
        (entry.source, entry.pointer)
        for status in ("taken", "partial", "refused")
        for entry in conversion.entries(status)  # type: ignore[arg-type]  # a tuple of literals
    ]
    faults = [f"twice {place}" for place in set(listed) if listed.count(place) > 1]
    for source, pointer in listed:
        if pointers.follow(schema if source == "schema" else ui, pointer) is pointers.MISSING:
            faults.append(f"nothing at {source} {pointer}")
    faults += [f"schema {place}" for place in _schema(conversion, schema, "")]
    if ui is not None:
        faults += [f"ui {place}" for place in _ui(conversion, ui, "")]
    return faults


def _schema(conversion: Conversion, schema: Json, at: str) -> Iterator[str]:
    own = conversion.schema.entries.get(at)
    if not isinstance(schema, dict) or (
        own is not None and (own.status == "refused" or own.reason == "unused")
    ):
        return
    for keyword, value in schema.items():
        place = pointers.below(at, keyword)
        entry = conversion.schema.entries.get(place)
        if entry is None:
            yield place
        elif entry.status != "refused" and entry.reason != "no_effect":
            yield from _below(conversion, keyword, value, place)


def _below(conversion: Conversion, keyword: str, value: Json, place: str) -> Iterator[str]:
    if keyword in NAMED and isinstance(value, dict):
        for name, inner in value.items():
            yield from _schema(conversion, inner, pointers.below(place, name))
    elif keyword in LISTS and isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _schema(conversion, inner, pointers.below(place, at))
    elif keyword in ONE:
        yield from _schema(conversion, value, place)


def _ui(conversion: Conversion, ui: Json, at: str) -> Iterator[str]:
    """Yield members without an entry, at or above them or at something inside them."""
    entries = conversion.ui.entries
    if at in entries and not any(one.startswith(at + "/") for one in entries):
        return
    named = ui.items() if isinstance(ui, dict) else enumerate(ui) if isinstance(ui, list) else ()
    for name, value in named:
        place = pointers.below(at, name)
        if place not in entries and not any(one.startswith(place + "/") for one in entries):
            yield place
        yield from _ui(conversion, value, place)
