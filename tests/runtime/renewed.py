"""Newer versions of the permit of the tests: each change is one that clerks make to a service in use."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

from schemas import parse
from schemas.definition import Module
from tests.runtime import permit

Document = dict[str, Any]
Edit = Callable[[Document], None]


def document(*edits: Edit) -> Document:
    """Return the permit after `edits`."""
    found = copy.deepcopy(permit.document())
    for edit in edits:
        edit(found)
    return found


def as_text(*edits: Edit) -> str:
    return json.dumps(document(*edits))


def module(*edits: Edit) -> Module:
    return parse.load(as_text(*edits))


def status(found: Document, key: str) -> Document:
    return next(one for one in found["workflow"]["statuses"] if one["key"] == key)


def action(found: Document, key: str) -> Document:
    return next(one for one in found["workflow"]["actions"] if one["key"] == key)


def page(found: Document, key: str) -> list[Document]:
    fields: list[Document] = next(one for one in found["pages"] if one["key"] == key)["fields"]
    return fields


def question(found: Document, key: str) -> Document:
    return next(one for page in found["pages"] for one in page["fields"] if one["key"] == key)


def rename_status(key: str, to: str) -> Edit:
    """Give a status another key, wherever it is named."""

    def edit(found: Document) -> None:
        status(found, key)["key"] = to
        for one in found["workflow"]["actions"]:
            one["from"] = [to if name == key else name for name in one["from"]]
            if one.get("to") == key:
                one["to"] = to
        if found["workflow"]["start"] == key:
            found["workflow"]["start"] = to

    return edit


def rename_question(key: str, to: str) -> Edit:
    """Give a question that no rule names another key."""

    def edit(found: Document) -> None:
        question(found, key)["key"] = to

    return edit


def without(key: str) -> Edit:
    """Take a question away."""

    def edit(found: Document) -> None:
        for one in found["pages"]:
            one["fields"] = [field for field in one["fields"] if field["key"] != key]

    return edit


def with_question(page_key: str, **field: Any) -> Edit:
    """Ask one thing more."""

    def edit(found: Document) -> None:
        page(found, page_key).append({"label": {"id": field["key"].title()}, "type": "text", **field})

    return edit


def with_due(status_key: str, amount: int, unit: str = "working_days") -> Edit:
    def edit(found: Document) -> None:
        status(found, status_key)["due"] = {"amount": amount, "unit": unit}

    return edit
