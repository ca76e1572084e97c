"""Where the shared corpus of documents, answers and expressions lies, and how it is read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from schemas.expressions import Kind, Part

TESTS = Path(__file__).parent.parent
VALID = sorted((TESTS / "definitions" / "valid").glob("*.json"))
INVALID = sorted(
    path for path in (TESTS / "definitions" / "invalid").glob("*.json") if ".expect" not in path.name
)
ANSWERS = sorted((TESTS / "definitions" / "answers").glob("*.json"))
EXPRESSIONS = sorted((TESTS / "expressions").glob("*.json"))
STARTERS = sorted((TESTS.parent / "builder" / "starters").glob("*.json"))


def expectation(path: Path) -> dict[str, Any]:
    """Return the code and pointer a broken document must give: beside it, or inside as `x-expect`."""
    beside = path.with_name(path.stem + ".expect.json")
    source = json.loads((beside if beside.exists() else path).read_text(encoding="utf-8"))
    expected: dict[str, Any] = source if beside.exists() else source["x-expect"]
    return expected


def small_module(fields: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a document that asks `fields` on one page."""
    document = json.loads((TESTS / "definitions" / "valid" / "smallest.json").read_text(encoding="utf-8"))
    document["pages"][0]["fields"] = fields
    result: dict[str, Any] = document
    return result


def kind_of(told: dict[str, Any]) -> Kind:
    """Return the kind of a question as the files in `tests/expressions` describe it."""
    return Kind(
        told["type"],
        frozenset(told["options"]) if "options" in told else None,
        {name: Part(**part) for name, part in told.get("parts", {}).items()},
        told.get("table", ""),
        {key: kind_of(inner) for key, inner in told.get("rows", {}).items()},
    )


class Rows:
    """The tables of an expression file: dataset → value → cells."""

    def __init__(self, tables: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
        self.tables = tables

    def row(self, dataset: str, value: str) -> Mapping[str, Any] | None:
        return self.tables.get(dataset, {}).get(value)
