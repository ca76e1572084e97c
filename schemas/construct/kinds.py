"""What rules may know of the questions of a document, before anything of it is built."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from schemas import fieldtypes
from schemas.expressions import Kind, Part
from schemas.fieldtypes import FieldType, ValueType

Raw = Mapping[str, Any]
COLUMN_TYPES: Mapping[str, ValueType] = {
    "text": "text",
    "number": "number",
    "money": "number",
    "date": "date",
    "boolean": "boolean",
}
ALWAYS = {"value": Part("text"), "label": Part("text")}
"""Columns that every list to choose from has."""


def kinds(items: Iterable[Raw], datasets: Mapping[str, Raw]) -> dict[str, Kind]:
    """Return what rules may know of the questions among `items`, by key; the first of a key counts."""
    known: dict[str, Kind] = {}
    for item in questions(items):
        found = kind(item, datasets)
        if found is not None:
            known.setdefault(item["key"], found)
    return known


def questions(items: Iterable[Raw]) -> Iterator[Raw]:
    """Yield the questions among the items of a page or row, those of groups in their place."""
    for item in items:
        if item["type"] == "group":
            yield from item["fields"]
        else:
            yield item


def kind(item: Raw, datasets: Mapping[str, Raw]) -> Kind | None:
    """Return what rules may know of one question, None when it has no answer."""
    field_type = fieldtypes.get(item["type"])
    if field_type.value_type is None:
        return None
    dataset = item.get("dataset", "")
    parts = {name: _part(field_type, name, type_) for name, type_ in field_type.members(item).items()}
    return Kind(
        field_type.value_type,
        options=_options(item, datasets.get(dataset)),
        parts=columns(datasets[dataset]) if dataset in datasets else parts,
        table=dataset if dataset in datasets else "",
        rows=kinds(item["fields"], datasets) if field_type.value_type == "rows" else {},
    )


def _part(field_type: FieldType, name: str, value_type: ValueType) -> Part:
    pieces = field_type.pieces.get(name, 0)
    return Part(value_type, pieces, field_type.piece_of if pieces else "")


def columns(dataset: Raw) -> dict[str, Part]:
    """Return the columns of a dataset as rules see them."""
    own = {name: Part(COLUMN_TYPES[type_]) for name, type_ in dataset.get("columns", {}).items()}
    return {**ALWAYS, **own}


def _options(item: Raw, dataset: Raw | None) -> frozenset[str] | None:
    rows = item["options"] if "options" in item else dataset.get("items") if dataset else None
    return None if rows is None else frozenset(row["value"] for row in rows)
