"""The lists of a service as rows of the sheet of choices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from builder.xlsform.speak import NO, YES
from schemas.definition import Field, Module, Option, Text

Json = Any
Cells = dict[str, str]
YES_NO = "yes_no"
WORDS = {"id": {YES: "Ya", NO: "Tidak"}, "en": {YES: "Yes", NO: "No"}}
RESERVED = frozenset(
    ("name", "label", "list_name", "image", "audio", "video", "geometry", "value", "caption")
)


class Listed:
    """Writes each list once, when the first question asks for it."""

    def __init__(self, module: Module, text: Callable[[str, Text], Cells], into: list[Cells]) -> None:
        self.module, self.text, self.into = module, text, into
        self.known: dict[tuple[Json, ...], str] = {}
        self.names: set[str] = set()

    def of(self, question: Field) -> str:
        """Return the name of the list of a question, empty when its answers are not in the document."""
        dataset = self.module.datasets.get(question.dataset) if question.dataset else None
        if dataset is not None:
            options: Iterable[Option] = dataset.items
        else:
            options = question.options
        options = tuple(options)
        if not options:
            return ""
        content = (question.dataset, *((one.value, one.label, one.help) for one in options))
        if content not in self.known:
            self.known[content] = self._add(question.dataset or question.key, options, question.dataset)
        return self.known[content]

    def columns(self, dataset: str) -> Mapping[str, str]:
        """Return what the columns of a dataset are called in the sheet."""
        known = self.module.datasets.get(dataset)
        found = {key: f"c_{key}" if key in RESERVED else key for key in (known.columns if known else ())}
        return {**found, "value": "name", "label": "label"}

    def yes_no(self) -> str:
        if YES_NO not in self.names:
            self.names.add(YES_NO)
            for value in (YES, NO):
                words = Text(
                    tuple((code, WORDS.get(code, WORDS["en"])[value]) for code in self.module.languages)
                )
                self.into.append({"list_name": YES_NO, "name": value, **self.text("label", words)})
        return YES_NO

    def words(self, raw: Json) -> Text:
        """Return words that stand in a document, in its first language or in several."""
        said = raw if isinstance(raw, dict) else {self.module.languages[0]: raw}
        return Text(tuple((code, text) for code, text in said.items() if text))

    def _add(self, wanted: str, options: Iterable[Option], dataset: str) -> str:
        name, number = wanted, 1
        while name in self.names or name == YES_NO:
            number += 1
            name = f"{wanted}_{number}"
        self.names.add(name)
        called = self.columns(dataset)
        for option in options:
            cells = dict.fromkeys([called[key] for key in called if key not in ("value", "label")], "")
            held = {key: cell for key, cell in option.cells.items() if cell is not None and key in called}
            cells |= {called[key]: str(cell) for key, cell in held.items()}
            words = self.text("label", option.label)
            self.into.append({"list_name": name, "name": option.value, **words, **cells})
        return name
