"""The sheets of choices as lists; every row of them is accounted for like the questions."""

from __future__ import annotations

from builder import keys
from builder.jsonschema.emit import usable_value
from builder.xlsform.columns import CHOICES, Columns
from builder.xlsform.ledger import HEADS, Ledger
from builder.xlsform.reading import Row, Sheet
from builder.xlsform.texts import Texts
from builder.xlsform.tree import Choices, Option

OUTSIDE = "external_choices"
MOST_OPTIONS = 1_000
LONGEST_CELL = 250


class Lists:
    """The lists by name. `columns` are the heads beside name and label, for filters."""

    def __init__(self, sheet: Sheet, columns: Columns, texts: Texts, ledger: Ledger) -> None:
        self.sheet, self.columns, self.texts, self.ledger = sheet.name, columns, texts, ledger
        self.found: dict[str, Choices] = {}
        self.taken: dict[str, set[str]] = {}
        self.names: dict[str, set[str]] = {}
        self.heads = [one.written for one in columns.heads.values() if one.name not in CHOICES]
        self.called = {one.name: at for at, one in columns.heads.items() if at in self.heads}
        self.called |= {written: written for written in self.heads}
        for written in columns.again:
            ledger.without(self.sheet, HEADS, written, "column.twice")
        for number in sheet.above:
            ledger.begin(self.sheet, number)
            ledger.refused(self.sheet, number, "", "row.above")
        for row in sheet.rows:
            ledger.begin(self.sheet, row.number, columns.get(row, "name"))
            self._row(row)

    def _row(self, row: Row) -> None:
        listed, name = self.columns.get(row, "list_name"), self.columns.get(row, "name")
        if not listed or not name:
            column = "name" if listed else "list_name"
            self.ledger.refused(
                self.sheet, row.number, column, "option.nameless" if listed else "option.listless"
            )
            return
        choices = self.found.setdefault(listed, Choices(listed, heads=self.called))
        taken = self.taken.setdefault(listed, set())
        if name in self.names.setdefault(listed, set()):
            self.ledger.refused(self.sheet, row.number, "name", "option.twice", name=name)
            return
        value = (
            name if usable_value(name) and name not in taken else keys.free(keys.option_value(name), taken)
        )
        taken.add(value)
        self.names[listed].add(name)
        label = self.texts.of(self.columns, row, "label", self.sheet)
        if not label:
            self.ledger.look(self.sheet, row.number, "label", "label.none")
        cells = {head: row.cells[head] for head in self.heads if row.cells.get(head)}
        choices.options.append(Option(row.number, name, value, label or name, cells))
        for head, code in row.flaws:
            self.ledger.without(self.sheet, row.number, head, code)

    def finish(self) -> None:
        """Name what no question uses: lists, pictures, columns that no filter asks for."""
        for choices in self.found.values():
            for option in choices.options:
                if not choices.users:
                    self.ledger.refused(
                        self.sheet, option.row, "list_name", "option.unused", name=choices.name
                    )
                for head in option.cells.keys() & self.columns.heads.keys():
                    self._cell(choices, option, head)

    def _cell(self, choices: Choices, option: Option, head: str) -> None:
        name = self.columns.heads[head].name
        if name.startswith("media::"):
            self.ledger.without(self.sheet, option.row, head, "option.media")
        elif choices.columns.get(head, ("", ""))[0] == "":
            self.ledger.look(self.sheet, HEADS, head, "column.unused")
