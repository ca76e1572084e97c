"""What an answer begins with, and what may only be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from builder.jsonschema import shape
from builder.jsonschema.gather import Claim
from builder.jsonschema.ledger import Ledger
from builder.jsonschema.tree import Item

Json = Any


def fill(item: Item, claims: Sequence[Claim], ledger: Ledger) -> None:
    """Take `default`, `readOnly`, `writeOnly` of a question."""
    for value, part in shape.all_of(claims, "default"):
        if value is None or value == "":
            ledger.taken(part.at("default"), "empty")
        elif item.type == "file":
            ledger.partial(part.at("default"), "default.whole")
        else:
            item.marks["default"] = value
            item.marks["default_at"] = part.at("default")
            ledger.taken(part.at("default"), "default")
    constant = shape.first(claims, "const")
    if constant is not None and item.type == "choice" and any(not when for when, _ in item.required):
        item.marks.setdefault("default", constant[0])
        item.marks["fixed"] = True
    for value, part in shape.all_of(claims, "readOnly"):
        place = part.at("readOnly")
        if value is not True:
            ledger.taken(place, "no_effect")
        elif "default" in item.marks:
            item.marks["fixed"] = True
            ledger.taken(place, "setting")
        else:
            ledger.partial(place, "read_only")
    for keyword in ("writeOnly", "deprecated"):
        for value, part in shape.all_of(claims, keyword):
            if value is True:
                ledger.look(part.at(keyword), keyword)
            else:
                ledger.taken(part.at(keyword), "no_effect")
