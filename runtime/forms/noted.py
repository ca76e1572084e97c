"""What the server notes beside the answers of a person: when, how, in which language, and from which link."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from schemas.definition import Json, Module
from schemas.fieldtypes.metadata import LONGEST


def noted(module: Module, *, today: date, language: str, channel: str) -> dict[str, Json]:
    """Return the metadata of an application filed now; what a link brought along is noted at its start."""
    facts = {"filed_on": today.isoformat(), "language": language, "channel": channel}
    return {key: facts[source] for key, source in _sources(module).items() if source in facts}


def from_link(module: Module, parameter: Callable[[str], str | None]) -> dict[str, Json]:
    """Return the metadata that the address carries: only parameters the document names, cut short."""
    found: dict[str, Json] = {}
    for _page, field in module.fields():
        if field.type == "metadata" and field.settings["source"] == "query":
            given = parameter(field.settings["parameter"]) or ""
            text = "".join(letter for letter in given if letter.isprintable())
            if text.strip():
                found[field.key] = text[:LONGEST]
    return found


def _sources(module: Module) -> dict[str, str]:
    fields = (field for _page, field in module.fields() if field.type == "metadata")
    return {field.key: field.settings["source"] for field in fields}
