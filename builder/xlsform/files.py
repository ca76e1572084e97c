"""CSV files beside the workbook as lists: each is read as a sheet of choices once a question asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from builder.xlsform.columns import Columns
from builder.xlsform.ledger import Ledger
from builder.xlsform.lists import Lists
from builder.xlsform.reading import Row, Sheet
from builder.xlsform.texts import Texts

ITEMSETS = "itemsets"
"""The file that Collect reads the lists of `select_one_external` from; it names the list of each row."""


class Files:
    """The files by their names without the ending, and the lists that questions made of them."""

    def __init__(self, sheets: Mapping[str, Sheet], texts: Texts, ledger: Ledger) -> None:
        self.sheets, self.texts, self.ledger = sheets, texts, ledger
        self.lists: dict[tuple[str, str, str], Lists] = {}
        self.used: set[str] = set()

    def table(self, written: str) -> Sheet | None:
        """Return a file by the name that a form has for it, with or without `.csv`."""
        found = stem(written)
        if found in self.sheets:
            self.used.add(found)
        return self.sheets.get(found)

    def listed(self, written: str, value: str, label: str) -> Lists | None:
        """Return a file as lists, its answers named by the column `value`; None where that is not there."""
        sheet, key = self.table(written), (stem(written), value, label)
        if sheet is None or not self.fits(sheet, value):
            return None
        if key not in self.lists:
            made = _sheet(sheet, key)
            self.lists[key] = Lists(made, Columns(made), self.texts, self.ledger)
        return self.lists[key]

    def fits(self, sheet: Sheet, value: str) -> bool:
        """Say whether the column can tell the answers; one called `name` beside it would mean another."""
        return value in sheet.heads and (value == "name" or "name" not in sheet.heads)

    def finish(self) -> None:
        for lists in self.lists.values():
            lists.finish()
        for name, sheet in self.sheets.items():
            if name not in self.used:
                self.ledger.look(sheet.name, 0, "", "file.unused")


def stem(written: str) -> str:
    """Return the name of a file in small letters, without folder and ending."""
    return PurePosixPath(written.strip().lower().removesuffix(".csv")).name


def _sheet(sheet: Sheet, key: tuple[str, str, str]) -> Sheet:
    """Return the file as a sheet of choices: one list, named as the file is."""
    listed, value, label = key
    rows = []
    for row in sheet.rows:
        cells = dict(row.cells) | {"list_name": listed}
        for name, head in (("name", value), ("label", label)):
            if head in row.cells:
                cells[name] = row.cells[head]
        rows.append(Row(row.number, cells, row.flaws))
    heads = dict.fromkeys(
        ["list_name", "name", *([] if label not in sheet.heads else ["label"]), *sheet.heads]
    )
    return replace(sheet, heads=tuple(heads), rows=tuple(rows))
