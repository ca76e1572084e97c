"""Small readings of the elements of a JSON Forms layout, and of the items they place."""

from __future__ import annotations

from typing import Any

from builder.jsonschema import rules, words
from builder.jsonschema.objects import lifted
from builder.jsonschema.tree import All, Item

Json = Any


def whole(items: list[Item]) -> list[Item]:
    """Return items with the group that stands for all the data taken apart."""
    found: list[Item] = []
    for item in items:
        found += lifted([item]) if item.marks.get("all") else [item]
    return found


def label_of(ui: dict[str, Json]) -> str:
    written = ui.get("label")
    if isinstance(written, dict):
        written = written.get("text")
    if words.text(written):
        return words.text(written)[:200]
    return words.humanised(str(ui["i18n"]).rpartition(".")[2]) if isinstance(ui.get("i18n"), str) else ""


def has_categories(ui: dict[str, Json]) -> bool:
    return any(
        isinstance(one, dict) and one.get("type") == "Categorization"
        for one in rules.listed(ui.get("elements"))
    )


def product(outer: list[All], inner: list[All]) -> list[All]:
    return [(*one, *other) for one in outer or [()] for other in inner or [()]] if outer or inner else []
