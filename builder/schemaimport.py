"""A JSON Schema as a document of ours: its questions in the blank service, in one language.

The conversion itself is pure and stands in `builder.jsonschema`; here it gets its texts and its frame.
"""

from __future__ import annotations

from typing import Any

from builder import blank, keys, schemareport
from builder.jsonschema import Conversion, Ledger, Unreadable, convert, read

Json = Any
OFFICER = "officer"


def conversion(
    schema: str | bytes,
    ui: str | bytes | None = None,
    *,
    language: str,
    title: str = "",
    key: str = "",
    role: dict[str, Any] | None = None,
) -> Conversion:
    """Convert the text of a schema, with that of a UI schema; never raises.

    `title` counts when the schema has none; `key` is made from the title when there is none.
    """
    read_schema, fault = _read(schema, "schema")
    if fault is not None:
        return fault
    read_ui, fault = _read(ui, "ui") if ui is not None else (None, None)
    if fault is not None:
        return fault
    said = schemareport.words(language)
    base = frame(title=title or said.title, key=key, role=role, language=language)
    made = convert(read_schema, read_ui, base=base, said=said)
    if made.document is not None and not key:
        made.document["key"] = keys.module_key(made.document["title"])
    return made


def frame(*, title: str, key: str, role: dict[str, Any] | None, language: str) -> dict[str, Json]:
    """Return the blank service with texts in `language` alone."""
    role = role or {"key": OFFICER, "title": blank.first_role()}
    document = only(blank.document(key=key or keys.module_key(title), title=title, role=role), language)
    return {**document, "languages": [language]}


def only(value: Json, language: str) -> Json:
    """Return a document with each text in `language` alone."""
    if isinstance(value, dict):
        if value and set(value) <= set(blank.LANGUAGES):
            return value.get(language) or next(iter(value.values()))
        return {name: only(child, language) for name, child in value.items()}
    return [only(child, language) for child in value] if isinstance(value, list) else value


def _read(text: str | bytes, source: Any) -> tuple[Json, Conversion | None]:
    try:
        return read(text), None
    except Unreadable as fault:
        refused, other = Ledger(source), Ledger("ui" if source == "schema" else "schema")
        refused.refused("", fault.reason, **fault.data)
        pair = (refused, other) if source == "schema" else (other, refused)
        return None, Conversion(None, *pair)
