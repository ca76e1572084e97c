"""Every rule of a draft as a sentence, by the name the editor's script has for what it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from schemas import expressions
from schemas.definition import Field, Group, Json, Module
from schemas.expressions import Expression

RULES = ("required", "check", "calculate", "filter", "default")


def rules(module: Module, language: str) -> dict[str, dict[str, str]]:
    """Return `{name: {rule: sentence}}` for pages ("page:" and the key), groups and questions."""
    said: dict[str, dict[str, str]] = {}
    for name, rule, sentence in _sentences(module, language):
        said.setdefault(name, {})[rule] = sentence
    return said


def _sentences(module: Module, language: str) -> Iterator[tuple[str, str, str]]:
    speaker = _Speaker(module, language)
    for page in module.pages:
        yield from speaker.say(f"page:{page.key}", (), visible=page.visible, check=page.check)
        yield from speaker.items(page.fields, page.groups, ())


class _Speaker:
    def __init__(self, module: Module, language: str) -> None:
        self.module = module
        self.language = language

    def items(
        self, fields: Sequence[Field], groups: Sequence[Group], within: tuple[Field, ...]
    ) -> Iterator[tuple[str, str, str]]:
        """Yield what is said of groups and questions that stand together in the rows `within`."""
        for group in groups:
            rules = {"visible": group.visible, "required": group.required, "check": group.check}
            yield from self.say(f"#{group.key}", within, **rules)
        for field in fields:
            name = "/".join(each.key for each in (*within, field))
            own = {rule: getattr(field, rule) for rule in RULES}
            yield from self.say(name, within, visible=field.own_visible, **own)
            inside = (*within, field)
            for _name, _rule, sentence in self.say(name, inside, check=field.row.check):
                yield name, "row", sentence
            yield from self.items(field.fields, field.groups, inside)

    def say(
        self, name: str, within: tuple[Field, ...], **rules: Expression | Json
    ) -> Iterator[tuple[str, str, str]]:
        for rule, expression in rules.items():
            if isinstance(expression, Expression):
                said = expressions.explain_rule(rule, expression, self.module, self.language, within=within)
                yield name, rule, said
