"""The whole way from the sheets of a workbook to a document and a report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from builder import keys
from builder.jsonschema import words
from builder.jsonschema.repair import repair
from builder.xlsform import layout
from builder.xlsform.columns import SETTINGS, Columns
from builder.xlsform.demands import Demands
from builder.xlsform.files import ITEMSETS, Files
from builder.xlsform.filled import Fillings
from builder.xlsform.kinds import Kinds
from builder.xlsform.ledger import Ledger
from builder.xlsform.lists import OUTSIDE, Lists
from builder.xlsform.reading import SHEETS, Book, Row, Sheet
from builder.xlsform.remains import Remains
from builder.xlsform.rules import Rules
from builder.xlsform.structure import SHEET, Structure
from builder.xlsform.texts import Texts
from builder.xlsform.write import Said, Writer

Json = Any


@dataclass(frozen=True)
class Conversion:
    """A document, or None when nothing could be made, and what became of every row."""

    document: dict[str, Json] | None
    ledger: Ledger

    @property
    def whole(self) -> bool:
        """Say whether everything that is about data is represented; the look may differ."""
        return self.document is not None and not (self.ledger.of("refused") or self.ledger.of("without"))


def convert(book: Book, *, base: Mapping[str, Json], clerks: str, said: Said) -> Conversion:
    """Make a document of ours. `base` is the document without questions, its texts in all its languages.

    `clerks` is the language of words for which the workbook names none. Never raises on any sheets.
    """
    work = _Work(book, base, clerks, said)
    return Conversion(work.document(), work.ledger)


class _Work:
    """One conversion."""

    def __init__(self, book: Book, base: Mapping[str, Json], clerks: str, said: Said) -> None:
        self.book, self.base, self.said = book, base, said
        self.ledger = Ledger()
        survey, choices = book.sheet("survey"), book.sheet("choices")
        self.columns, listed = Columns(survey), Columns(choices)
        self.settings = self._settings()
        told = self.settings.get("default_language", "")
        external = book.sheets.get(OUTSIDE) or book.files.get(ITEMSETS) or Sheet(OUTSIDE)
        outside = Columns(external)
        beside = {name: sheet for name, sheet in book.files.items() if sheet is not external}
        of_files = [(sheet.name, Columns(sheet)) for sheet in beside.values()]
        sheets = (("survey", self.columns), ("choices", listed), (external.name, outside), *of_files)
        self.texts = Texts(sheets, told, clerks, list(base["languages"]), self.ledger)
        self.lists = Lists(choices, listed, self.texts, self.ledger)
        self.outside = Lists(external, outside, self.texts, self.ledger)
        self.files = Files(beside, self.texts, self.ledger)
        self.structure = Structure(survey, self.columns, self.ledger)
        self.structure.files = self.files
        self.texts.called = self._called
        fillings = Fillings(self.structure, self.ledger, self._called)
        self.writer = Writer(self.columns, self.texts, self.ledger, said, clerks, fillings)

    def document(self) -> dict[str, Json] | None:
        remains = Remains(self.structure, self.columns, self.ledger)
        remains.heads()
        self._name()
        kinds = Kinds(self.structure, self.columns, self.lists, self.outside, self.files, self.ledger)
        rules = Rules(self.structure, self.columns, self.ledger)
        for node in self.structure.nodes:
            if not node.refused:
                kinds.fill(node)
                node.label = self.texts.of(self.columns, node.row, "label", SHEET)
                remains.fill(node)
        layout.without_empty(self.structure)
        layout.shorten(self.structure)
        for node in self.structure.taken():
            rules.fill(node)
        layout.without_empty(self.structure)
        made = self._pages()
        self.lists.finish()
        self.outside.finish()
        self.files.finish()
        self._sheets()
        return made

    def _pages(self) -> dict[str, Json] | None:
        """Return the document, when one is left that passes the check of documents."""
        both = self.writer.both
        pages = layout.pages(self.structure, both(self.said.page), both(self.said.rest))
        demands = Demands(self.structure, self.columns, self.ledger)
        for node in self.structure.taken():
            demands.fill(node)
        lists = (self.lists, self.outside, *self.files.lists.values())
        self.writer.name_lists([choices for one in lists for choices in one.found.values()])
        made = only(deepcopy(dict(self.base)), self.texts.languages, list(self.base["languages"]))
        made["languages"] = self.texts.languages
        told = self.settings.get("form_title") or self.structure.said.get("form_title", "")
        title = words.text(told)[:200]
        if title:
            made["title"] = dict.fromkeys(self.texts.languages, title)
        made |= self.writer.document(pages)
        possible = bool(pages) and repair(made, self.writer)
        self._left(made["pages"] if possible else [])
        return made if possible else None

    def _left(self, pages: list[Json]) -> None:
        """Name what went out of the document together with the row that the check did not let pass."""
        kept = set(_keys(pages))
        for node in self.structure.nodes:
            if node.kind != "question" or node.refused or node.key in kept:
                continue
            above = node.parent.name or node.parent.written if node.parent else ""
            self.ledger.refused(
                SHEET, node.row.number, "type", "inside" if above else "nothing.asked", name=above
            )
        for node in reversed(self.structure.nodes):
            gone = all(self.ledger.outcome(SHEET, child.row.number) == "refused" for child in node.children)
            if node.kind != "question" and gone:
                self.ledger.refused(SHEET, node.row.number, "type", "group.empty")

    def _name(self) -> None:
        """Give every row its key; the text beside “other” has one of its own."""
        taken: set[str] = set()
        for node in self.structure.nodes:
            node.key = keys.free(keys.question_key(node.name or node.written) or "q", taken)
            taken.add(node.key)
        for node in self.structure.nodes:
            node.rules["other"] = keys.free(f"{node.key[:30]}_other", taken)
            if "other" in node.written.lower():
                taken.add(node.rules["other"])

    def _called(self, name: str, code: str) -> str:
        """Return what a question that other words refer to is called."""
        node = self.structure.named.get(name)
        found = self.columns.texts(node.row, "label") if node is not None else {}
        mine = [text for one, text in found.items() if self.texts.codes.get(one) == code and "${" not in text]
        return mine[0] if mine else words.humanised(name)

    def _settings(self) -> dict[str, str]:
        """Return the settings; what is none of ours is named."""
        sheet = self.book.sheet("settings")
        columns = Columns(sheet)
        for row in sheet.rows:
            self.ledger.begin("settings", row.number)
        for row in sheet.rows[1:]:
            self.ledger.refused("settings", row.number, "", "settings.second")
        first = sheet.rows[0] if sheet.rows else Row(2, {})
        for one in columns.heads.values():
            if one.name not in SETTINGS and first.cells.get(one.written):
                self.ledger.look("settings", first.number, one.written, "settings.other")
        for name in ("version", "form_id"):
            if columns.get(first, name):
                self.ledger.look("settings", first.number, columns.written(name), "settings.number")
        return {name: columns.get(first, name) for name in SETTINGS}

    def _sheets(self) -> None:
        for name in ("entities", "osm"):
            if self.book.sheet(name).rows:
                self.ledger.without(name, 0, "", "sheet.not_taken")
        for name in self.book.beside:
            self.ledger.look(name, 0, "", "file.other")
        missing = [name for name in SHEETS if name not in self.book.sheets]
        for name in self.book.others:
            if near := get_close_matches(name.strip().lower(), missing, n=1, cutoff=0.75):
                self.ledger.without(name, 0, "", "sheet.near", near=near[0])
            else:
                self.ledger.look(name, 0, "", "sheet.other")


def _keys(items: Json) -> Iterator[str]:
    for item in items:
        yield item["key"]
        yield from _keys(item.get("fields", ()))


def only(value: Json, languages: list[str], known: list[str]) -> Json:
    """Return a document with its texts in `languages`; they are in all the `known` ones."""
    if isinstance(value, dict):
        if value and set(value) <= set(known):
            found = {code: value[code] for code in languages if code in value}
            return found or next(iter(value.values()))
        return {name: only(child, languages, known) for name, child in value.items()}
    return [only(child, languages, known) for child in value] if isinstance(value, list) else value
