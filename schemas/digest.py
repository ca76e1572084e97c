"""Canonical bytes of a module document and their SHA-256: equal documents have equal digests.

The order of names is part of the format: the order below, then language codes in the order of
`languages`, then everything else (`x-…`) by name. Knows nothing of what the names mean.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from schemas.definition import Json
from schemas.reading import read_json

LINE = 110

ORDER = (
    "format", "key", "type", "value", "lat", "lon", "landmark", "languages", "title", "public_title", "label",
    "help", "subject", "body", "short", "summary", "intro", "chips", "category", "icon",
    "applicant", "name", "email", "phone", "proof",
    "standard", "requirements", "fee", "product", "validity", "complaints", "legal_basis", "facilities",
    "competence", "supervision", "staffing", "guarantee", "safety", "evaluation",
    "datasets", "columns", "items", "source", "edition",
    "pages", "for", "visible", "required", "check", "default", "calculate", "readOnly", "width",
    "options", "dataset", "filter", "kinds", "style", "accept",
    "level", "within",
    "image", "data", "alt", "example", "rows",
    "minLength", "maxLength", "minimum", "maximum", "places", "currency", "cost", "mobile",
    "minItems", "maxItems",
    "revocable", "item", "row", "parameter",
    "maxBytes", "max",
    "prefill", "profile", "previous", "query", "register", "by",
    "fields", "messages", "privacy", "autocomplete",
    "at", "workflow", "start", "office", "roles", "role", "where", "answer", "statuses", "kind",
    "outcome", "status", "due", "edit",
    "tasks", "seats", "each", "assign", "outcomes", "counts", "complete", "if", "of", "do",
    "against", "unreachable",
    "actions", "from", "to", "who", "when", "after", "before", "amount", "unit", "tone", "bulk",
    "ask", "comment", "page", "corrections", "answers", "person", "attachment",
    "changes", "number", "set", "field", "extend", "escalate", "effects", "mail",
    "message", "via", "webhook", "letter", "case", "granted", "refused", "withdrawn", "expired",
    "anonymise", "while",
    "registers", "pattern", "scope", "reset", "digits", "shared", "filed", "deadline", "separate",
    "notice", "retention",
    "letters", "paper", "recipient", "signer", "action", "mandate", "through", "holder", "copies",
    "paragraph", "heading", "details", "question", "table", "break", "align", "indent", "numbered",
    "stories", "wait", "done", "steps", "then",
)  # fmt: skip
_RANK = {name: rank for rank, name in enumerate(ORDER)}


def ordered(document: Json) -> Json:
    """Return a copy of `document` with every object in canonical order."""
    languages = document.get("languages") if isinstance(document, dict) else None
    codes = [code for code in languages if isinstance(code, str)] if isinstance(languages, list) else []
    return _ordered(document, _key(codes))


def canonical(document: dict[str, Any]) -> bytes:
    """Return the bytes that are hashed: canonical order, no spaces, UTF-8."""
    return json.dumps(ordered(document), ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def pretty(document: dict[str, Any]) -> str:
    """Return `document` as a file for people: canonical order, two spaces, short values on one line."""
    return _lines(ordered(document), "", 0) + "\n"


def of(document: dict[str, Any]) -> str:
    """Return the digest of a document: SHA-256 of its canonical bytes, as hexadecimal text."""
    return hashlib.sha256(canonical(document)).hexdigest()


def of_text(text: str) -> str:
    """Return the digest of a document's text. Raises ValueError when it is not readable JSON."""
    value, problems = read_json(text)
    if problems or not isinstance(value, dict):
        raise ValueError(problems[0].sentence() if problems else "A document is an object.")
    return of(value)


def _key(languages: list[str]) -> Callable[[str], tuple[int, int, str]]:
    places = {code: place for place, code in enumerate(languages)}

    def key(name: str) -> tuple[int, int, str]:
        if name in _RANK:
            return 0, _RANK[name], name
        return (1, places[name], name) if name in places else (2, 0, name)

    return key


def _ordered(value: Json, key: Callable[[str], tuple[int, int, str]]) -> Json:
    if isinstance(value, dict):
        return {name: _ordered(value[name], key) for name in sorted(value, key=key)}
    return [_ordered(item, key) for item in value] if isinstance(value, list) else value


def _lines(value: Json, indent: str, taken: int) -> str:
    """Write `value`; `taken` is the room already used on its first line (name and closing comma)."""
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, (dict, list)) or not value:
        return flat
    if len(indent) + taken + len(flat) < LINE and _simple(value):
        return flat
    inner = indent + "  "
    if isinstance(value, dict):
        names = [json.dumps(name, ensure_ascii=False) + ": " for name in value]
        rows = [n + _lines(item, inner, len(n) + 1) for n, item in zip(names, value.values(), strict=True)]
        return "{\n" + ",\n".join(inner + row for row in rows) + "\n" + indent + "}"
    rows = [_lines(item, inner, 1) for item in value]
    return "[\n" + ",\n".join(inner + row for row in rows) + "\n" + indent + "]"


def _simple(value: Json) -> bool:
    """Keep on one line only what a reader takes in at once: not whole fields, statuses or actions."""
    return not (isinstance(value, dict) and "key" in value and len(value) > 4)
