"""A file that holds several schemas, none of them at its outermost place: which of them is the form.

Known are OpenAPI and Swagger, and files of nothing but `definitions` or `$defs`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from builder.jsonschema import pointers
from builder.jsonschema.foreign import OF_SCHEMAS

Json = Any
MOST_NAMED = 5
_HOLDERS = (("components", "schemas"), ("definitions",), ("$defs",))
_SAYS_NOTHING = frozenset(("$schema", "definitions", "$defs"))
_OF_OBJECTS = frozenset(("properties", "allOf", "oneOf", "anyOf", "$ref"))


@dataclass(frozen=True, slots=True)
class Held:
    """The schemas of a file by their pointers, and which of them can be the form."""

    all: Mapping[str, Json]
    forms: tuple[str, ...]

    @property
    def names(self) -> str:
        """Return what the schemas are called, so many as can be read at once."""
        found = [pointers.tokens(at)[-1] for at in self.forms or self.all]
        return ", ".join(found[:MOST_NAMED]) or "…"


def held(root: Json) -> Held | None:
    """Return the schemas inside a file that says nothing of its own; None when it does, or holds none."""
    if not isinstance(root, dict) or (OF_SCHEMAS - _SAYS_NOTHING) & set(root):
        return None
    for path in _HOLDERS:
        found: Json = root
        for step in path:
            found = found.get(step) if isinstance(found, dict) else None
        if isinstance(found, dict) and found:
            at = pointers.below("", *path)
            schemas = {pointers.below(at, name): schema for name, schema in found.items()}
            return Held(schemas, _forms(root, schemas))
    return Held({}, ()) if "openapi" in root or "swagger" in root else None


def _forms(root: dict[str, Json], schemas: Mapping[str, Json]) -> tuple[str, ...]:
    """Return what is sent to the interface, else what is an object and part of no other."""
    sent = [at for at in dict.fromkeys(_sent(root.get("paths"))) if at in schemas]
    if len(sent) == 1:
        return (sent[0],)
    parts = {at for own, schema in schemas.items() for at in _references(schema) if at != own}
    whole = [
        at
        for at, schema in schemas.items()
        if isinstance(schema, dict) and (schema.get("type") == "object" or _OF_OBJECTS & set(schema))
    ]
    return tuple(at for at in (sent or whole) if at not in parts or at in sent)


def _sent(paths: Json) -> Iterator[str]:
    """Yield what bodies of requests refer to: `requestBody` of OpenAPI 3, `in: body` of Swagger 2."""
    for operation in _operations(paths):
        if "requestBody" in operation:
            yield from _references(operation["requestBody"])
        for one in operation.get("parameters") or ():
            if isinstance(one, dict) and one.get("in") == "body":
                yield from _references(one)


def _operations(paths: Json) -> Iterator[dict[str, Json]]:
    for path in paths.values() if isinstance(paths, dict) else ():
        for method, operation in path.items() if isinstance(path, dict) else ():
            if method in ("post", "put", "patch") and isinstance(operation, dict):
                yield operation


def _references(value: Json) -> Iterator[str]:
    """Yield the pointers that a value refers to inside its file."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            written = one.get("$ref")
            if isinstance(written, str) and written.startswith("#/"):
                yield written[1:]
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
