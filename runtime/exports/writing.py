"""Puts the lines of a file together, one at a time: a ZIP of CSV files, a workbook, or one JSON document.

Nothing is kept in memory but the line at hand. What a spreadsheet could take for a formula is guarded.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from runtime.datasets.writing import guarded, spreadsheet
from runtime.exports.tables import Table, texts
from runtime.exports.telling import Cell
from runtime.jobs.kinds import Cannot

Records = Callable[[], Iterator[dict[str, Any]]]
LONGEST_TITLE = 31
LONGEST_TEXT = 32_767
MOST_ROWS = 1_048_576
MOST_DIGITS = 15
FORMATS = {"d": "yyyy-mm-dd", "t": "yyyy-mm-dd hh:mm"}


def as_csv(into: IO[bytes], tables: Mapping[str, Table], records: Records) -> None:
    """Write a ZIP with one CSV file a table, and one that says what the columns are."""
    with ZipFile(into, "w", ZIP_DEFLATED) as archive:
        for table in tables.values():
            lines = (line for record in records() for line in record.get(table.name, ()))
            _entry(
                archive, f"{table.name}.csv", table.columns, (texts(line, table.columns) for line in lines)
            )
        _entry(archive, "columns.csv", _legend_heads(), _legend(tables))


def _entry(archive: ZipFile, name: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    with archive.open(name, "w", force_zip64=True) as target:
        for piece in spreadsheet(heads, rows):
            target.write(piece.encode())


def as_xlsx(into: IO[bytes], tables: Mapping[str, Table], records: Records) -> None:
    """Write a workbook with one sheet a table, and one that says what the columns are."""
    book = Workbook(write_only=True)
    sheets, titles = {}, _titles(tables)
    for table in tables.values():
        sheet = book.create_sheet(titles[table.name])
        sheet.freeze_panes = "A2"
        sheet.append([_head(sheet, name) for name in table.columns])
        sheets[table.name] = sheet
    counts = dict.fromkeys(tables, 1)
    for record in records():
        for name, lines in record.items():
            counts[name] += len(lines)
            if counts[name] > MOST_ROWS:
                raise Cannot("rows")
            for line in lines:
                sheets[name].append([_cell(sheets[name], line.get(at, "")) for at in tables[name].columns])
    legend = book.create_sheet(_title(_("Columns"), set(titles.values())))
    for row in (_legend_heads(), *_legend(tables)):
        legend.append([_cell(legend, text) for text in row])
    book.save(into)


def _titles(tables: Mapping[str, Table]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in tables:
        found[name] = _title(name, set(found.values()))
    return found


def _title(name: str, taken: set[str]) -> str:
    """Return a title that Excel takes and that no other sheet has."""
    short, number = name[:LONGEST_TITLE], 1
    while short.casefold() in {one.casefold() for one in taken}:
        number += 1
        short = f"{name[: LONGEST_TITLE - 4]}~{number}"
    return short


def _head(sheet: Any, words: str) -> Any:
    cell = _cell(sheet, words)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, cell: Cell) -> Any:
    """Return a cell with its kind; a text is a text whatever it begins with, and stays one when edited."""
    kind, text = ("", cell) if isinstance(cell, str) else cell
    value = _value(kind, text)
    if value is not None:
        made = WriteOnlyCell(sheet, value)
        if kind in FORMATS:
            made.number_format = FORMATS[kind]
        return made
    made = WriteOnlyCell(sheet, "")
    made.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_TEXT]
    made.data_type = "s"
    made.quotePrefix = guarded(text) != text
    return made


def _value(kind: str, text: str) -> date | datetime | int | float | None:
    """Return a number or a day as such; None for a text, and for what a spreadsheet would round."""
    try:
        if kind == "n" and len(text) <= MOST_DIGITS:
            return float(text) if "." in text else int(text)
        if kind == "d":
            return date.fromisoformat(text)
        if kind == "t":
            return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None
    return None


def as_json(into: IO[bytes], head: Mapping[str, Any], records: Records) -> None:
    """Write one document: what the file is about, then its cases."""
    opening = json.dumps(head, ensure_ascii=False)[:-1]
    into.write(f'{opening}, "cases": ['.encode())
    for at, record in enumerate(records()):
        into.write(f"{',' if at else ''}\n{json.dumps(record, ensure_ascii=False)}".encode())
    into.write(b"\n]}\n")


def _legend_heads() -> tuple[str, ...]:
    return _("Table"), _("Column"), _("What it holds")


def _legend(tables: Mapping[str, Table]) -> Iterator[tuple[str, str, str]]:
    for table in tables.values():
        for name, words in table.columns.items():
            yield table.name, name, words
