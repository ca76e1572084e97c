"""Which questions take their answer from an outside register, and by which answers it is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from schemas.definition import Field, Json, Page


@dataclass(frozen=True, slots=True)
class Lookup:
    """One question to a register: its parameters and the questions whose answers they are."""

    register: str
    by: tuple[tuple[str, str], ...]

    @property
    def id(self) -> str:
        """Return a name that two questions share when one asking serves both."""
        return f"{self.register}:" + ",".join(f"{parameter}={key}" for parameter, key in self.by)

    def facts(self, answers: Mapping[str, Json]) -> dict[str, Json] | None:
        """Return what the register is asked by, None while an answer is missing."""
        found = {parameter: answers[key] for parameter, key in self.by if answers.get(key) is not None}
        return found if len(found) == len(self.by) else None


def lookup(field: Field) -> Lookup | None:
    """Return how a register is asked for the answer to `field`, None when it is not."""
    if field.prefill is None or "register" not in field.prefill:
        return None
    return Lookup(field.prefill["register"], tuple(sorted(field.prefill["by"].items())))


def lookups(pages: Iterable[Page]) -> dict[Lookup, tuple[Field, ...]]:
    """Return each lookup of `pages` with the questions it serves, in the order of the document."""
    found: dict[Lookup, list[Field]] = {}
    for page in pages:
        for field in page.fields:
            if (asked := lookup(field)) is not None:
                found.setdefault(asked, []).append(field)
    return {asked: tuple(fields) for asked, fields in found.items()}


def parameters(pages: Iterable[Page]) -> frozenset[str]:
    """Return the parameters of a service's address that its questions name; no others are read."""
    named = {f.prefill["query"] for page in pages for f in page.fields if f.prefill and "query" in f.prefill}
    asked = {
        str(f.settings.get("parameter", ""))
        for page in pages
        for f in page.fields
        if f.type == "metadata" and f.settings.get("source") == "query"
    }
    return frozenset(named | asked) - {""}
