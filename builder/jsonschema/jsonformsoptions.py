"""The options of a control of JSON Forms that mean something to a question of ours."""

from __future__ import annotations

from typing import Any

from builder.jsonschema import words
from builder.jsonschema.ledger import Ledger
from builder.jsonschema.tree import Item

Json = Any


def apply(name: str, value: Json, at: str, item: Item, ledger: Ledger) -> bool:
    """Apply one option to `item`; say no when it is only about the look of JSON Forms."""
    if name == "multi" and value is True and item.type in ("text", "longtext"):
        item.type = "longtext"
        ledger.taken(at, "setting")
    elif name == "format" and item.type == "choice" and value in ("radio", "select"):
        item.settings["style"] = value
        ledger.taken(at, "setting")
    elif name == "readonly" and value is True and item.kind == "question":
        if "default" in item.marks:
            item.marks["fixed"] = True
            ledger.taken(at, "setting")
        else:
            ledger.partial(at, "read_only")
    elif name == "placeholder" and words.text(value):
        item.help = item.help or words.text(value)
        ledger.taken(at, "text")
    else:
        return False
    return True
