"""Values of a document in words: titles instead of keys, sentences instead of rules."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from builder import problems
from builder.panel import kinds, palette, spoken
from builder.panel.comparing.names import NAMES
from builder.panel.comparing.values import DURATIONS, VALUES
from schemas import expressions
from schemas.construct.kinds import kinds as kinds_of
from schemas.definition import Json, Module
from schemas.expressions.tree import OPERATORS

ALIKE = {"comment": "demand", "attachment": "demand", "to": "who"}
RULES = frozenset({"visible", "check", "calculate", "filter", "when"})
Document = Mapping[str, Any]


class Speaker:
    """Says the values of one document in one language."""

    def __init__(self, document: Document, module: Module | None, language: str) -> None:
        self.document, self.module, self.language = document, module, language
        self.titles = problems.titles_in(document)
        named = document.get("languages")
        codes = [code for code in named if isinstance(code, str)] if isinstance(named, list) else []
        self.languages = codes or [language]

    def name(self, path: tuple[str, ...]) -> str:
        """Return what a property is called, with what it belongs to in front."""
        return " › ".join(
            str(NAMES.get(one, one)) for one in path if one not in ("workflow", "standard", "row")
        )

    def rule(self, owner: str, rule: str) -> str:
        """Return the sentence of a rule of a question, group or page, "" when it cannot be said."""
        return self._rules.get(owner, {}).get(rule, "")

    def texts(self, value: Json) -> dict[str, str] | None:
        """Return words by language, None when these are no words."""
        if (
            isinstance(value, Mapping)
            and value
            and all(
                (code in self.languages or code in ("id", "en")) and isinstance(words, str)
                for code, words in value.items()
            )
        ):
            return {code: str(words) for code, words in value.items()}
        return None

    def say(self, value: Json, name: str = "") -> str:
        """Return a value in words, as far as there are any."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, str):
            return self._word(value, name)
        if isinstance(value, list):
            return ", ".join(said for one in value if (said := self.say(one, name)))
        if isinstance(value, Mapping):
            return self._object(value, name)
        return str(value)

    def _word(self, value: str, name: str) -> str:
        fixed = VALUES.get(ALIKE.get(name, name), {}).get(value)
        if fixed is None and name == "type" and value in palette.TYPES:
            fixed = palette.TYPES[value][0]
        if fixed is None and name in ("category", "icon"):
            fixed = (kinds.CATEGORIES if name == "category" else kinds.ICONS).get(value)
        return str(fixed) if fixed is not None else self.titles.get(value, value)

    def _object(self, value: Mapping[str, Any], name: str) -> str:
        if words := self.texts(value):
            return words.get(self.language) or next(iter(words.values()))
        if set(value) == {"amount", "unit"} and str(value["unit"]) in DURATIONS:
            return str(DURATIONS[str(value["unit"])]).replace("{count}", str(value["amount"]))
        if name in RULES or (len(value) == 1 and next(iter(value)) in OPERATORS):
            return self._expression(value)
        if len(value) == 1 and "role" in value:
            return self.say(value["role"])
        parts = (
            (str(NAMES.get(one, one)), self.say(inner, one)) for one, inner in value.items() if one != "key"
        )
        return "; ".join(f"{label}: {said}" if said else label for label, said in parts)

    def _expression(self, raw: Json) -> str:
        if self.module is not None:
            scope = expressions.Scope.of(self._kinds)
            parsed, _problems = expressions.parse(raw, "", scope, wants=None)
            if parsed is not None:
                return expressions.explain(parsed, self.module, self.language)
        return _("a rule")

    @cached_property
    def _kinds(self) -> Any:
        items = [item for page in self.document["pages"] for item in page["fields"]]
        return kinds_of(items, self.document.get("datasets", {}))

    @cached_property
    def _rules(self) -> dict[str, dict[str, str]]:
        return spoken.rules(self.module, self.language) if self.module is not None else {}
