"""What tells the branches of `oneOf` and `anyOf` apart."""

from __future__ import annotations

from typing import Any

from builder.jsonschema import words
from builder.jsonschema.jsonvalues import ident
from builder.jsonschema.resolve import Part, Sources

Json = Any


def constants(parts: list[Part]) -> list[Json] | None:
    """Return the values that parts allow when they list them, else None."""
    for part in parts:
        if "properties" in part.schema or "items" in part.schema:
            return None
    for part in parts:
        if "const" in part.schema:
            return [part.schema["const"]]
        if isinstance(part.get("enum"), list) and part.schema["enum"]:
            return list(part.schema["enum"])
    return None


def title_of(parts: list[Part]) -> str:
    return next((words.text(p.get("title")) for p in parts if words.text(p.get("title"))), "")


def telling_member(branches: list[list[Part]], sources: Sources) -> tuple[str, list[list[Json]]] | None:
    """Return a member that has values of its own in every alternative, and those values."""
    names = [n for p in branches[0] if isinstance(p.get("properties"), dict) for n in p.schema["properties"]]
    for name in names:
        values: list[list[Json]] = []
        for parts in branches:
            found = [
                constants(sources.parts_of(p.schema["properties"][name], p.at("properties", name), p.via))
                for p in parts
                if isinstance(p.get("properties"), dict) and name in p.schema["properties"]
            ]
            values.append(next((v for v in found if v), []))
        flat = [value for own in values for value in own]
        apart = len({ident(value) for value in flat}) == len(flat)
        if all(values) and apart and all(isinstance(v, (str, int)) for v in flat):
            return name, values
    return None
