"""What is wrong with a file, cell by cell: where, what, and what to do. One sentence per code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to put right. `line` 0 is the whole file; `column` is named as in the file."""

    line: int
    column: str
    code: str
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Return where it is: “line 12, column fee”; empty for the whole file."""
        if not self.line:
            return ""
        if not self.column:
            return say("line %(line)s") % {"line": self.line}
        return say("line %(line)s, column “%(column)s”") % {"line": self.line, "column": self.column}

    @property
    def sentence(self) -> str:
        """Return what is wrong and what to do about it."""
        spoken = {
            name: number_format(value, force_grouping=True) if isinstance(value, int) else str(value)[:60]
            for name, value in self.data.items()
        }
        return str(SENTENCES[self.code]) % {"column": self.column, **spoken}

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}" if self.place else self.sentence


SENTENCES: dict[str, Any] = {
    "file.kind": _("This is neither CSV nor an Excel workbook (.xlsx). Save the table as one of these."),
    "file.large": _(
        "The file is too large: at most %(limit)s MB are taken. Remove what is not part of the table."
    ),
    "file.empty": _(
        "The file has no lines. The first line names the columns, each further line is one entry."
    ),
    "file.rows": _("The file names its columns but has no entries below them. Add at least one line."),
    "file.lines": _(
        "The file has too many lines: at most %(limit)s are taken. Divide it into several datasets."
    ),
    "file.columns": _(
        "Line %(line)s has too many columns: at most %(limit)s are taken. Remove those not needed."
    ),
    "csv.encoding": _("The text of this file cannot be read. Save it as “CSV UTF-8” and try again."),
    "csv.quotes": _("From line %(line)s on a quotation mark is not closed. Save the table as CSV anew."),
    "csv.line": _("Line %(line)s is far too long for a table. Save the table as CSV anew."),
    "xlsx.old": _(
        "This workbook is locked or in the old format (.xls). Save it as .xlsx without a password."
    ),
    "xlsx.locked": _("This workbook is locked with a password. Save it without one."),
    "xlsx.broken": _(
        "This workbook is damaged and cannot be read. Open it in Excel and save it as .xlsx anew."
    ),
    "xlsx.empty": _("This workbook has no visible sheet. Make the sheet with the table visible."),
    "xlsx.entries": _(
        "This workbook consists of too many parts (more than %(limit)s). Save the table as CSV."
    ),
    "xlsx.names": _("This workbook is put together in a way that is not safe. Save the table as CSV."),
    "xlsx.bomb": _(
        "Unpacked this workbook is far too large (more than %(limit)s MB). Save the table as CSV."
    ),
    "xlsx.heavy": _("This workbook holds too many styles or links. Save the table as CSV."),
    "xlsx.entities": _(
        "This workbook refers to things outside itself and is not opened. Save the table as CSV."
    ),
    "header.value": _(
        "No column is called “value”. Name the column whose content is stored as the answer “value”."
    ),
    "header.label": _("No column is called “label”. Name the column with the words that people see “label”."),
    "header.nameless": _("This column has no name. Name it in the first line, or remove it."),
    "header.twice": _("Two columns are called “%(column)s”. Give one of them another name."),
    "header.name": _(
        "“%(column)s” cannot name a column. Begin with a letter; after a colon may stand: %(types)s."
    ),
    "line.wide": _(
        "This line has more cells than the first line has columns. Remove what stands too far right."
    ),
    "value.missing": _("The value is missing. Write a short code that no other line has."),
    "value.form": _(
        "“%(text)s” cannot be a value. Take letters, digits and . _ + - only, at most %(limit)s of them."
    ),
    "value.twice": _(
        "The value “%(text)s” stands in line %(first)s already. Each value may stand only once."
    ),
    "label.missing": _("The label is missing. Write the words that people choose from."),
    "label.long": _("The label is too long: at most %(limit)s characters."),
    "cell.long": _("The text in “%(column)s” is too long: at most %(limit)s characters."),
    "cell.number": _("“%(text)s” is not a number. Write it like 1500 or 12,5, or make the column text."),
    "cell.money": _(
        "“%(text)s” is not an amount in whole rupiah. Write it like 15000, or make the column text."
    ),
    "cell.date": _(
        "“%(text)s” is not a date. Write it like 2026-09-07 or 7/9/2026, or make the column text."
    ),
    "cell.boolean": _("“%(text)s” is neither yes nor no. Write ya or tidak, or make the column text."),
    "cell.error": _(
        "The spreadsheet shows an error here (%(text)s). Put the formula right, or write the value."
    ),
    "cell.formula": _(
        "The formula in this cell has no stored result. Open the workbook in Excel and save it anew."
    ),
}
