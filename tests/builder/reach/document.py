"""A service in which everything of the editor can be seen: every kind of question, rule, fee and step."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from builder import blank
from builder.panel import palette
from tests import samples
from tests.builder import ways

STARTER = Path(blank.__file__).parent / "starters" / "surat-domisili.json"
CHOSEN = {"==": [{"var": "choice"}, "a"]}
ANSWERS = [{"value": one, "label": {"id": one.upper(), "en": one.upper()}} for one in ("a", "b", "c")]
MORE: dict[str, dict[str, Any]] = {
    "choice": {"options": ANSWERS, "required": True, "help": {"id": "Pilih satu.", "en": "Choose one."}},
    "choices": {"options": ANSWERS, "style": "tiles"},
    "matrix": {"rows": ANSWERS},
    "longtext": {"visible": {"and": [CHOSEN, {"answered": [{"var": "text"}]}]}},
    "number": {"calculate": {"*": [{"var": "integer"}, 2]}, "visible": CHOSEN},
    "integer": {"check": {">": [{"var": "integer"}, 1]}, "required": CHOSEN},
    "money": {"calculate": {"*": [{"var": "integer"}, {"if": [CHOSEN, 1000, 2000]}]}},
    "image": {"image": {"data": samples.PICTURE, "alt": {"id": "Peta", "en": "A map"}}},
    "metadata": {"privacy": "none"},
}
SAID = {"id": "Kata", "en": "Word"}
LETTER = "surat"
BODY: list[dict[str, Any]] = [
    {"heading": SAID},
    {"paragraph": SAID, "when": CHOSEN},
    {"details": [{"question": "text"}, {"label": SAID, "value": SAID}]},
    {"items": [SAID, SAID]},
    {"table": "repeat", "columns": [{"title": SAID, "value": SAID}, {"title": SAID, "value": SAID}]},
    {"each": "repeat", "body": [{"paragraph": SAID}]},
    {"break": "page"},
]
FIRST = ("choice", "text", "integer")


def inner(key: str) -> dict[str, Any]:
    """Return a question to stand in a group or in rows."""
    return {"key": key, "type": "text", "label": {"id": key.title(), "en": key.title()}}


def kind(name: str, fields: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return a question of a kind, called like it."""
    title = str(palette.TYPES[name][0])
    asked = {"key": name, "type": name, "label": {"id": title, "en": title}}
    made: dict[str, Any] = {**asked, **fields[name], **MORE.get(name, {})}
    if name in ("group", "repeat"):
        made["fields"] = [inner(f"in_{name}"), inner(f"in_{name}_too")]
    if name == "repeat":
        made["row"] = {"check": {"answered": [{"var": "in_repeat"}]}}
    return made


def everything() -> dict[str, Any]:
    """Return the service; a page has a rule, another is an officer's, and one question has a fault."""
    fields = palette.new_fields()
    made = blank.document(key="segala", title="Segala Macam", role={}, approval=ways.path("ptsp"))
    order = [*FIRST, *(name for name in palette.TYPES if name not in FIRST)]
    made["pages"][0]["fields"] = [kind(name, fields) for name in order]
    fault = {"key": "kosong", "type": "choice", "label": {"id": "Kosong", "en": "Empty"}, "options": []}
    last = {"key": "akhir", "title": {"id": "Akhir", "en": "End"}, "visible": CHOSEN}
    made["pages"].append({**last, "fields": [fault]})
    starter = json.loads(STARTER.read_text(encoding="utf-8"))
    letter = {**starter["letters"][0], "key": LETTER, "body": BODY}
    return {**made, "letters": [letter], "stories": starter["stories"]}
