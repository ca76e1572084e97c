"""Writes the tree down as pages and lists of a document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from builder import keys
from builder.jsonschema import words
from builder.jsonschema.emit import NO_PAGE_KEYS
from builder.xlsform import lists
from builder.xlsform.columns import Columns
from builder.xlsform.filled import Fillings
from builder.xlsform.layout import Page
from builder.xlsform.ledger import Ledger
from builder.xlsform.structure import SHEET
from builder.xlsform.texts import Texts
from builder.xlsform.tree import OTHER, Choices, Node, Option
from schemas import fieldtypes

Json = Any
SHARED = 20  # a list with more options that several questions use stands once in the document


@dataclass(frozen=True)
class Said:
    """Words that an import adds by itself, in each language."""

    page: dict[str, str]
    rest: dict[str, str]
    other: dict[str, str]
    which: dict[str, str]
    place: dict[str, str]
    filed: dict[str, str]


@dataclass
class Writer:
    """Writes nodes; `language` and `not_possible` are for the last check of the document."""

    columns: Columns
    texts: Texts
    ledger: Ledger
    said: Said
    language: str
    fillings: Fillings
    owners: dict[str, Node] = field(default_factory=dict)

    def document(self, pages: Iterable[Page]) -> dict[str, Json]:
        written = [self._page(page) for page in pages]
        made: dict[str, Json] = {"pages": written}
        datasets = {
            choices.key: self._dataset(choices)
            for choices in dict.fromkeys(node.choices for node in self.owners.values() if node.choices)
            if choices.key
        }
        return made | ({"datasets": datasets} if datasets else {})

    def name_lists(self, found: Iterable[Choices]) -> None:
        """Give a key to each list that stands once in the document."""
        taken: set[str] = set()
        for choices in found:
            filtered = bool(choices.columns) or any("filter" in node.rules for node in choices.users)
            shared = len(choices.options) > SHARED and sum(not node.other for node in choices.users) > 1
            if filtered or shared:
                choices.key = keys.free(keys.question_key(choices.name), taken)
                taken.add(choices.key)

    def not_possible(self, key: str, name: str, sentence: str) -> None:
        """Name what the check of documents does not let pass: a setting, or without a name a row."""
        node = self.owners.get(key)
        if node is None:
            return
        place = (SHEET, node.row.number, self.columns.written(COLUMNS.get(name, name) or "type"))
        if name:
            self.ledger.without(*place, "not_possible", sentence=sentence)
        else:
            self.ledger.refused(*place, "not_possible", sentence=sentence)

    def _page(self, page: Page) -> dict[str, Json]:
        named = page.node.name if page.node else words.humanised(str(_first(page.title)))
        taken = {*NO_PAGE_KEYS, *(key.removeprefix("/") for key in self.owners if key.startswith("/"))}
        key = keys.free(keys.question_key(named) or "page", taken)
        self.owners[f"/{key}"] = page.node or page.items[0]
        made: dict[str, Json] = {"key": key, "title": page.title or self.label(page.node)}
        if page.node is not None:
            self.owners.setdefault(key, page.node)
            if intro := self._help(page.node):
                made["intro"] = intro
            if "visible" in page.node.rules:
                made["visible"] = page.node.rules["visible"]
            self.fillings.settle(made, page.node, self.texts.languages[0])
        made["fields"] = [one for node in page.items for one in self.items(node)]
        return made

    def label(self, node: Node | None) -> Json:
        """Return the words of a row, or what its name looks like in words."""
        if node is None:
            return "–"
        if node.type == "metadata" and not node.label:
            return self.both(self.said.filed)
        return node.label or words.humanised(node.name) or words.humanised(node.written)

    def items(self, node: Node) -> list[dict[str, Json]]:
        """Return a row as an item of a page, with the text for “other” where it has one."""
        made: dict[str, Json] = {"key": node.key, "type": node.type, "label": self.label(node)}
        self.owners[node.key] = node
        if told := self._help(node):
            made["help"] = told
        self.fillings.settle(made, node, self.texts.languages[0])
        for name in ("visible", "required", "check", "default", "calculate", "readOnly", "filter"):
            if name in node.rules:
                made[name] = node.rules[name]
        made |= node.settings
        if node.name and node.name != node.key:
            made["x-name"] = node.name[:200]
        if node.kind != "question":
            made["fields"] = [one for child in node.children for one in self.items(child)]
            return [made]
        self._messages(node, made)
        self._options(node, made)
        return [made, *self._other(node)]

    def _help(self, node: Node) -> Json:
        hint = self.texts.of(self.columns, node.row, "hint", SHEET)
        return self.texts.joined(hint, self.texts.of(self.columns, node.row, "guidance_hint", SHEET))

    def _messages(self, node: Node, made: dict[str, Json]) -> None:
        found: dict[str, Json] = {}
        asked = self.texts.of(self.columns, node.row, "required_message", SHEET)
        if asked and "required" in made:
            found["required"] = asked
        told = self.texts.of(self.columns, node.row, "constraint_message", SHEET)
        if told:
            names = [*(["check"] if "check" in made else []), *node.rules.get("bounded", ())]
            found |= dict.fromkeys([*names, *(["format"] if "format" in node.rules else [])], told)
        if found and fieldtypes.get(node.type).value_type is not None:
            made["messages"] = found

    def _options(self, node: Node, made: dict[str, Json]) -> None:
        if node.choices is None or node.type not in ("choice", "choices", "matrix"):
            return
        options = [self._option(option) for option in node.choices.options]
        if node.type == "matrix":
            made["rows"] = options
            made["options"] = [
                {"value": str(at), "label": self._place(at)} for at in range(1, len(options) + 1)
            ]
        elif node.choices.key and not node.other:
            made["dataset"] = node.choices.key
        else:
            if node.other and node.choices.value(OTHER) is None:
                options.append({"value": node.other_value, "label": self.both(self.said.other)})
            made["options"] = options

    def _place(self, at: int) -> Json:
        return self.texts.each(
            lambda code: self.said.place.get(code, "{number}").replace("{number}", str(at))
        )

    def _other(self, node: Node) -> list[dict[str, Json]]:
        if not node.other:
            return []
        key, value, var = node.rules["other"], node.other_value, {"var": node.key}
        shown = {"in": [value, var]} if node.type == "choices" else {"==": [var, value]}
        self.owners[key] = node
        label = self.texts.each(
            lambda code: self.said.which.get(code, "{label}").replace("{label}", _in(self.label(node), code))
        )
        made = {"key": key, "type": "text", "label": label, "visible": shown, "required": True}
        self.fillings.settle(made, node, self.texts.languages[0])
        return [made]

    def both(self, said: dict[str, str]) -> Json:
        return self.texts.each(lambda code: said.get(code) or next(iter(said.values())))

    def _option(self, option: Option) -> dict[str, Json]:
        made: dict[str, Json] = {"value": option.value, "label": option.label}
        return made | ({"x-name": option.name[:200]} if option.name != option.value else {})

    def _dataset(self, choices: Choices) -> dict[str, Json]:
        """Return a list with the columns that filters use; cells that name options are their values."""
        items = []
        for option in choices.options:
            item: dict[str, Json] = {"value": option.value, "label": option.label}
            for head, (key, _kind) in choices.columns.items():
                text = option.cells.get(head, "")[: lists.LONGEST_CELL]
                through = choices.through.get(head)
                text = (through.value(text) if through else None) or text
                if text:
                    item[key] = text
            items.append(item)
        columns = dict(choices.columns.values())
        return ({"columns": columns} if columns else {}) | {"items": items}


COLUMNS = {
    "visible": "relevant", "check": "constraint", "calculate": "calculation", "filter": "choice_filter",
    "readOnly": "readonly", "minItems": "repeat_count", "maxItems": "repeat_count",
}  # fmt: skip


def _first(text: Json) -> str:
    return str(next(iter(text.values()))) if isinstance(text, dict) else str(text or "")


def _in(text: Json, code: str) -> str:
    return text.get(code) or _first(text) if isinstance(text, dict) else str(text)
