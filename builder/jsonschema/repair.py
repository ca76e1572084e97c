"""The last word has the check of documents: what it does not let pass is taken out again, and named.

A schema may contradict itself in ways that only the whole shows: a question that can never be asked, a
default that is no answer. So a document that comes out of an import always passes `schemas check`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from builder.jsonschema import pointers
from schemas import parse
from schemas.problems import Problem

Json = Any
MOST_ROUNDS = 12
REMOVABLE = frozenset(
    ("required", "check", "default", "readOnly", "minItems", "maxItems", "width", "row", "filter", "messages")
)
HIDDEN = "visible"


class Writer(Protocol):
    """Who wrote the document, and has to name what is taken out of it."""

    language: str

    def not_possible(self, key: str, name: str, sentence: str) -> None:
        """Name a setting that is taken out, or without a name a whole question."""


def repair(document: dict[str, Json], writer: Writer) -> bool:
    """Take out what does not pass; say whether something is left that passes."""
    for _ in range(MOST_ROUNDS):
        problems = [problem for problem in parse.check_value(document).problems if problem.blocks]
        if not problems:
            return any(page["fields"] for page in document["pages"])
        for problem in problems:
            _take_out(document, problem, writer)
        _without_empty(document)
        if not document["pages"]:
            return False
    return False


def _take_out(document: dict[str, Json], problem: Problem, writer: Writer) -> None:
    """Remove the setting that a problem is about; where that would not help, the whole question."""
    owner, name, holder = None, "", None
    for here, step, parent in _way(document, problem.pointer):
        if isinstance(here, dict) and "key" in here and ("type" in here or "fields" in here):
            owner, name, holder = here, step, parent
    if owner is None:
        return
    said = problem.sentence(writer.language)
    never = name == HIDDEN and problem.code == "expressions.never"
    if name in owner and (name in REMOVABLE or name == HIDDEN) and not never:
        del owner[name]
        writer.not_possible(owner["key"], name, said)
    elif isinstance(holder, list):
        holder[:] = [item for item in holder if item is not owner]
        writer.not_possible(owner["key"], "", said)


def _way(document: Json, pointer: str) -> Iterator[tuple[Json, str, Json]]:
    """Yield each value on the way to `pointer` with the step that leads on and what holds it."""
    here, parent = document, None
    for step in [*pointers.tokens(pointer), ""]:
        yield here, step, parent
        following = pointers.follow(here, pointers.below("", step)) if step else pointers.MISSING
        if following is pointers.MISSING:
            return
        parent, here = here, following


def _without_empty(document: dict[str, Json]) -> None:
    """Drop groups, repeats and pages that have lost all their questions."""

    def kept(items: list[Json]) -> list[Json]:
        for item in items:
            if "fields" in item:
                item["fields"] = kept(item["fields"])
        return [item for item in items if item.get("fields", True)]

    document["pages"] = kept(document["pages"])
