"""Texts and expressions of a document as values; the faults of expressions are collected on the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schemas.definition import NO_TEXT, Json, Text
from schemas.expressions import Expression, Scope, parse
from schemas.expressions.tree import Type
from schemas.problems import Problem

Raw = Mapping[str, Any]


class Reader:
    """Reads the small parts that all larger ones are made of."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self.languages = languages
        self.faults: list[Problem] = []

    def text(self, raw: str | Raw | None) -> Text:
        """Return the text with the module's languages first, in their order; blank ones left out."""
        if raw is None:
            return NO_TEXT
        if isinstance(raw, str):
            return Text(((self.languages[0], raw),)) if raw.strip() else NO_TEXT
        order = [*self.languages, *sorted(set(raw) - set(self.languages))]
        return Text(tuple((code, raw[code]) for code in order if raw.get(code, "").strip()))

    def texts(self, raw: Raw) -> dict[str, Text]:
        return {name: self.text(text) for name, text in raw.items()}

    def expression(
        self, raw: Json, pointer: str, scope: Scope, *, wants: Type | None = "boolean"
    ) -> Expression | None:
        """Return the expression, or None after noting what is wrong with it; `wants` None takes any type."""
        found, problems = parse(raw, pointer, scope, wants=wants)
        self.faults.extend(problems)
        return found

    def optional(self, raw: Raw, name: str, pointer: str, scope: Scope) -> Expression | None:
        """Return the condition called `name`, if `raw` has one."""
        return self.expression(raw[name], f"{pointer}/{name}", scope) if name in raw else None

    def demand(self, raw: Raw, pointer: str, scope: Scope) -> bool | Expression:
        """Return what `required` says: yes, no, or under which condition."""
        required = raw.get("required", False)
        if isinstance(required, bool):
            return required
        return self.expression(required, f"{pointer}/required", scope) or False
