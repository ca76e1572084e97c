"""Conversions as the command makes them, in Indonesian."""

from __future__ import annotations

import json
from typing import Any

from builder import schemaimport
from builder.jsonschema import Conversion


def converted(schema: Any, ui: Any = None) -> Conversion:
    """Convert values as if they stood in files."""
    return schemaimport.conversion(
        json.dumps(schema), None if ui is None else json.dumps(ui), language="id", title="Impor"
    )


def fields(conversion: Conversion) -> dict[str, dict[str, Any]]:
    """Return all questions, groups and repeats of the document by key."""
    assert conversion.document is not None, list(conversion.entries("refused"))
    found: dict[str, dict[str, Any]] = {}
    waiting = [item for page in conversion.document["pages"] for item in page["fields"]]
    while waiting:
        item = waiting.pop(0)
        found[item["key"]] = item
        waiting[:0] = item.get("fields", [])
    return found


def of(**properties: Any) -> dict[str, Any]:
    """Return an object schema with `properties`."""
    return {"type": "object", "properties": properties}


def lost(conversion: Conversion) -> list[tuple[str, str, str]]:
    """Return what was not taken wholly and is about data: status, pointer, reason."""
    return [
        (status, entry.pointer, entry.reason)
        for status in ("partial", "refused")
        for entry in conversion.entries(status)  # type: ignore[arg-type]  # a tuple of literals
        if entry.about == "data"
    ]
