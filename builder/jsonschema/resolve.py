"""Where a `$ref` leads inside one schema document, and the parts that together describe one place.

A place is described by the schema that stands there, what it refers to, and the members of its
`allOf`. References outside the document are never fetched; circles are found and refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urldefrag, urljoin

from builder.jsonschema import drafts, pointers
from builder.jsonschema.ledger import Ledger

Json = Any
MAX_PARTS = 8_000
REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")


@dataclass(frozen=True, slots=True)
class Part:
    """One schema object with its pointer; `via` are the references on the way to it."""

    pointer: str
    schema: dict[str, Json]
    via: frozenset[str] = frozenset()

    def at(self, *tokens: str | int) -> str:
        return pointers.below(self.pointer, *tokens)

    def get(self, keyword: str) -> Json:
        return self.schema.get(keyword)


class TooMany(Exception):
    """The references multiply beyond what a form can be."""


class Sources:
    """One schema document, read part by part."""

    def __init__(self, root: Json, ledger: Ledger) -> None:
        self.root = root
        self.ledger = ledger
        self.draft = drafts.of(root)
        self.visited: set[str] = set()
        self.parts = 0
        self.bases: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self.dynamic: Counter[str] = Counter()
        self._name(root)

    def parts_of(self, schema: Json, pointer: str, via: frozenset[str] = frozenset()) -> list[Part]:
        """Return the parts that describe one place; `true` adds none, what cannot be read is refused."""
        return list(self._parts(schema, pointer, via))

    def _parts(self, schema: Json, pointer: str, via: frozenset[str]) -> Iterator[Part]:
        self.parts += 1
        if self.parts > MAX_PARTS:
            raise TooMany
        if schema is True:
            return
        if not isinstance(schema, dict):
            self.ledger.refused(pointer, "schema.never" if schema is False else "schema.shape")
            return
        self.visited.add(pointer)
        schema = self._counting(schema, pointer)
        part = Part(pointer, schema, via)
        yield part
        for keyword in REFERENCES:
            if keyword in schema:
                yield from self._referred(part, keyword)
        members = schema.get("allOf")
        if isinstance(members, list):
            self.ledger.taken(part.at("allOf"), "merged")
            for at, member in enumerate(members):
                yield from self._parts(member, part.at("allOf", at), via)
        elif members is not None:
            self.ledger.refused(part.at("allOf"), "schema.shape")

    def _counting(self, schema: dict[str, Json], pointer: str) -> dict[str, Json]:
        """Return a schema without what does not count in the version of the file; name what that is."""
        beside = set(schema) - drafts.WORDS if drafts.alone(schema, self.draft) else set()
        for keyword in schema:
            place = pointers.below(pointer, keyword)
            if keyword in beside:
                self.ledger.refused(place, "ref.beside")
            elif drafts.unknown(keyword, schema[keyword], self.draft):
                self.ledger.partial(place, "keyword.version", value=keyword)
        return {word: value for word, value in schema.items() if word not in beside} if beside else schema

    def _referred(self, part: Part, keyword: str) -> Iterator[Part]:
        written, place = part.schema[keyword], part.at(keyword)
        target = self.target(written, part.pointer)
        if target is not None and keyword != "$ref" and self.dynamic[str(written).rpartition("#")[2]] > 1:
            self.ledger.refused(place, "ref.dynamic", value=str(written))
            return
        if target is None:
            self.ledger.refused(place, "ref.outside", value=str(written))
            return
        if target in part.via:
            self.ledger.refused(place, "ref.circle", value=str(written))
            return
        found = pointers.follow(self.root, target)
        if found is pointers.MISSING:
            self.ledger.refused(place, "ref.nowhere", value=str(written))
            return
        self.ledger.taken(place, "followed")
        yield from self._parts(found, target, part.via | {target})

    def target(self, written: Json, at: str) -> str | None:
        """Return the pointer that a reference written at `at` means, or None when it leads outside."""
        if not isinstance(written, str):
            return None
        base = self._base_of(at)
        if written.startswith("#") and not base:
            return self._local(written[1:], "")
        try:
            address, fragment = urldefrag(urljoin(base, written) if base else written)
        except ValueError:
            return None
        if address in self.names:
            return self._local(fragment, self.names[address], address)
        return self._local(fragment, "") if written.startswith("#") else None

    def _local(self, fragment: str, root: str, base: str = "") -> str | None:
        words = pointers.fragment(fragment)
        if not words:
            return root
        if words.startswith("/"):
            return root + words
        return self.names.get(f"{base}#{words}")

    def _base_of(self, pointer: str) -> str:
        while pointer not in self.bases and pointer:
            pointer = pointers.parent(pointer)
        return self.bases.get(pointer, "")

    def _name(self, root: Json) -> None:
        """Remember every `$id` and `$anchor` with its pointer."""
        waiting: list[tuple[Json, str, str]] = [(root, "", "")]
        while waiting:
            item, at, base = waiting.pop()
            if isinstance(item, dict):
                base = self._named(item, at, base)
                waiting.extend((child, pointers.below(at, name), base) for name, child in item.items())
            elif isinstance(item, list):
                waiting.extend((child, pointers.below(at, i), base) for i, child in enumerate(item))

    def _named(self, item: dict[str, Json], at: str, base: str) -> str:
        if drafts.alone(item, self.draft):
            return base
        written = item.get("$id", item.get("id") if not at or "properties" in item else None)
        if isinstance(written, str) and written:
            if written.startswith("#"):
                self.names.setdefault(base + written, at)
            else:
                try:
                    base = urldefrag(urljoin(base, written))[0]
                except ValueError:
                    return base
                self.bases[at] = base
                self.names.setdefault(base, at)
        for keyword in ("$anchor", "$dynamicAnchor"):
            anchor = item.get(keyword)
            if isinstance(anchor, str):
                self.names.setdefault(f"{base}#{anchor}", at)
                self.dynamic[anchor] += keyword == "$dynamicAnchor"
        self.dynamic[""] += item.get("$recursiveAnchor") is True
        return base
