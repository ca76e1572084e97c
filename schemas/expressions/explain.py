"""An expression as a sentence that a clerk can read, in English or Indonesian."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, time
from decimal import Decimal
from importlib import resources

from schemas.definition import Field, Module
from schemas.expressions.tree import COLUMN, Expression, Instant, Node

_WORDS: Mapping[str, Mapping[str, str]] = json.loads(
    resources.files("schemas.expressions").joinpath("words.json").read_text(encoding="utf-8")
)


def explain(
    expression: Expression | bool, module: Module, language: str = "id", *, within: Iterable[Field] = ()
) -> str:
    """Say `expression` in words, with the labels of the questions and options it names.

    `within` are the repeats in whose rows the rule stands, from the outside in.
    """
    said = _said(expression, module, language, within)
    return said[:1].upper() + said[1:]


def explain_rule(
    rule: str,
    expression: Expression | bool,
    module: Module,
    language: str = "id",
    *,
    within: Iterable[Field] = (),
) -> str:
    """Say a whole rule: `visible` becomes "Muncul bila …".

    Rules are visible, required, check, calculate, filter, default and (of an action) when.
    """
    said = _said(expression, module, language, within)
    return _Speaker(module, language).fill(f"rule {rule}", [said])


def _said(expression: Expression | bool, module: Module, language: str, within: Iterable[Field]) -> str:
    speaker = _Speaker(module, language, within)
    if isinstance(expression, bool):
        return speaker.words["true" if expression else "false"]
    return speaker.say(expression.root)


class _Speaker:
    def __init__(self, module: Module, language: str, within: Iterable[Field] = ()) -> None:
        self.fields = {field.key: field for _, field in module.fields()}
        for repeat in within:
            self.fields |= {field.key: field for field in repeat.fields}
        self.language = language
        self.words = _WORDS.get(language, _WORDS["en"])

    def say(self, node: Node) -> str:
        if node.op == "literal":
            return self._literal(node)
        if node.op == "var":
            return (
                self._label(node.name)
                if node.type != "boolean"
                else self.fill("yes", [self._label(node.name)])
            )
        if node.op == "today":
            return self.words["today"]
        if _only(node):
            return self._operand(node.args[0], node)
        if node.op in ("and", "or"):
            return self.words[node.op].join(self._grouped(arg, node.op) for arg in node.args)
        if _is_with_last_day(node):
            days = node.args[0]
            return self.fill("days with", [self._operand(arg, days) for arg in days.args])
        if node.op in ("+", "-", "*"):
            return self._arithmetic(node)
        if node.op == "!":
            return self._negation(node.args[0])
        if node.op == "attr":
            return self.fill("attr", [self._label(node.args[0].name), self._part(node.name)])
        if node.op in ("sum", "some", "every", "least", "most", "join"):
            return self._over_rows(node)
        return self.fill(self._template(node), [self._operand(arg, node) for arg in node.args])

    def _over_rows(self, node: Node) -> str:
        """Say what is asked in each row with the labels of the row's questions."""
        rows, outside = node.args[0].name, self.fields
        inner = self.fields[rows].fields if rows in self.fields else ()
        self.fields = {**outside, **{field.key: field for field in inner}}
        said = self.say(node.args[1])
        self.fields = outside
        more = [self._literal(part) for part in node.args[2:]]
        return self.fill(node.op, [self._label(rows), said, *more])

    def _part(self, name: str) -> str:
        return self.words.get(f"part {name}", name.replace("_", " "))

    def _template(self, node: Node) -> str:
        kind = node.args[0].type
        if node.op == "in" and node.args[1].type == "choices":
            return "choices in"
        if node.op == "days" and all(arg.op != "today" for arg in node.args):
            return "days without"
        temporal = kind in ("date", "time", "datetime") and f"date {node.op}" in self.words
        return f"date {node.op}" if temporal else node.op

    def _operand(self, node: Node, parent: Node) -> str:
        """Say an operand; constants beside a question with options take the option's label."""
        if node.op == "var":
            return self._label(node.name)
        asked = next((name for arg in parent.args if (name := _asked(arg))), "")
        return self._literal(node, asked) if node.op == "literal" else self.say(node)

    def _negation(self, node: Node) -> str:
        if node.op == "answered":
            return self.fill("unanswered", [self._label(node.args[0].name)])
        inner = node.args[0] if node.op == "default" and node.args[0].op == "var" else node
        if inner.op == "var":
            return self.fill("no", [self._label(inner.name)])
        return self.fill("not", [self.say(node)])

    def _grouped(self, node: Node, outer: str) -> str:
        said = self.say(node)
        return f"({said})" if node.op in ("and", "or") and node.op != outer and len(node.args) > 1 else said

    def _arithmetic(self, node: Node) -> str:
        if len(node.args) == 1:
            said = self.say(node.args[0])
            return self.fill("minus", [said]) if node.op == "-" else said
        sign = {"+": " + ", "-": " − ", "*": " × "}[node.op]
        return sign.join(self._summand(part) for part in node.args)

    def _summand(self, node: Node) -> str:
        said = self.say(node)
        return f"({said})" if node.op in ("+", "-", "days") else said

    def _literal(self, node: Node, asked: str = "") -> str:
        if node.type == "list":
            return ", ".join(self._literal(item, asked) for item in node.args)
        if isinstance(node.value, bool):
            return self.words["true" if node.value else "false"]
        if isinstance(node.value, (Decimal, date)):
            return format(node.value, "f") if isinstance(node.value, Decimal) else node.value.isoformat()
        if isinstance(node.value, (time, Instant)):
            return node.name
        option = self.fields[asked].option(str(node.value)) if asked in self.fields else None
        return option.label.say(self.language) if option else f"“{node.value}”"

    def _label(self, key: str) -> str:
        if key.startswith(COLUMN):
            return self._part(key.removeprefix(COLUMN))
        return self.fields[key].label.say(self.language) if key in self.fields else f"“{key}”"

    def fill(self, template: str, parts: list[str]) -> str:
        """Put `parts` into the places of a template; the parts themselves are never read as templates."""
        said = self.words[template]
        pieces: list[str] = []
        while said:
            before, brace, rest = said.partition("{")
            pieces.append(before)
            if brace:
                place, _, said = rest.partition("}")
                pieces.append(", ".join(parts) if place == "*" else parts[int(place)])
            else:
                said = ""
        return "".join(pieces)


def _only(node: Node) -> bool:
    """Say whether only the first part is worth a word: the rest is an empty text, or nothing."""
    empty = node.op == "default" and node.args[1].op == "literal" and node.args[1].value == ""
    return empty or (node.op == "cat" and len(node.args) == 1)


def _is_with_last_day(node: Node) -> bool:
    """Say whether something adds one day to those between two days: so the last of them counts, too."""
    if node.op != "+" or len(node.args) != 2 or node.args[0].op != "days":
        return False
    return node.args[1].op == "literal" and node.args[1].value == 1


def _asked(node: Node) -> str:
    """Return the question whose options the node is answered with: itself, or a statement of a table."""
    if node.op == "attr" and not node.table:
        return node.args[0].name
    return node.name if node.op == "var" else ""
