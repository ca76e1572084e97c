"""Reads the first visible sheet of an .xlsx file, or sheets by their names: results, never formulas.

XML is parsed with defusedxml, which refuses entities; that is asserted when this module is imported.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import repeat
from typing import Any

import openpyxl
from defusedxml.common import DefusedXmlException
from django.core.exceptions import ImproperlyConfigured
from openpyxl.cell.read_only import EMPTY_CELL

from runtime.datasets import archive
from runtime.datasets.sheet import MOST_COLUMNS, MOST_LINES, Cell, Flaw, Line, Unreadable

if not openpyxl.DEFUSEDXML or openpyxl.LXML:
    raise ImproperlyConfigured("Workbooks are read with defusedxml only: install it, and remove lxml.")

_ZEROS = re.compile(r"0+")


def read(content: bytes) -> Iterator[Line]:
    """Yield the lines of the first visible sheet, numbered as the spreadsheet shows them."""
    opened = archive.open_safely(content)
    with opened.archive, _faults():
        results = _rows(_first(_book(opened.archive, data_only=True)), MOST_COLUMNS)
        book = _book(opened.archive, data_only=False) if opened.formulas else None
        written = _rows(_first(book), MOST_COLUMNS) if book else None
        yield from _lines(results, written)


def sheets(content: bytes, wanted: Collection[str], *, most_columns: int) -> dict[str, list[Line]]:
    """Return the lines of each sheet in `wanted` (small letters), in the order of the workbook.

    A workbook of one sheet gives it, whatever it is called. Sheets that are not wanted have no lines.
    """
    opened = archive.open_safely(content)
    with opened.archive, _faults():
        book = _book(opened.archive, data_only=True)
        formulas = _book(opened.archive, data_only=False) if opened.formulas else None
        found: dict[str, list[Line]] = {}
        for sheet in book.worksheets:
            is_wanted = sheet.title.strip().lower() in wanted or len(book.worksheets) == 1
            written = _rows(formulas[sheet.title], most_columns) if formulas and is_wanted else None
            found[sheet.title] = list(_lines(_rows(sheet, most_columns), written)) if is_wanted else []
        return found


@contextmanager
def _faults() -> Iterator[None]:
    """Turn whatever a damaged file provokes inside the parser into `Unreadable`."""
    try:
        yield
    except (Unreadable, GeneratorExit):
        raise
    except Exception as error:
        forbidden = isinstance(error, DefusedXmlException) or isinstance(error.__cause__, DefusedXmlException)
        raise Unreadable("xlsx.entities" if forbidden else "xlsx.broken") from None


def _book(source: Any, *, data_only: bool) -> Any:
    return openpyxl.load_workbook(source.fp, read_only=True, data_only=data_only, keep_links=False)


def _first(book: Any) -> Any:
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not visible:
        raise Unreadable("xlsx.empty")
    return visible[0]


def _rows(sheet: Any, most_columns: int) -> Iterator[tuple[Any, ...]]:
    sheet.reset_dimensions()  # what a file says about its own size is not believed
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows(max_col=most_columns + 1)
    return rows


def _lines(results: Iterable[Any], written: Iterable[Any] | None) -> Iterator[Line]:
    for number, (row, formulas) in enumerate(zip(results, written or repeat(()), strict=False), 1):
        if number > 2 * MOST_LINES:
            raise Unreadable("file.lines", limit=MOST_LINES)
        if any(cell is not EMPTY_CELL for cell in row):
            yield number, _cells(row, formulas)


def _cells(row: Iterable[Any], written: Iterable[Any]) -> list[Cell]:
    formulas = [cell.data_type == "f" for cell in written]
    return [
        Flaw("cell.formula") if cell.value is None and at < len(formulas) and formulas[at] else _cell(cell)
        for at, cell in enumerate(row)
    ]


def _cell(cell: Any) -> Cell:
    value = cell.value
    if cell.data_type == "e":
        return Flaw("cell.error", str(value))
    if isinstance(value, datetime):
        return value.date() if (value.hour, value.minute, value.second) == (0, 0, 0) else value
    if isinstance(value, bool | date) or value is None:
        return value
    if isinstance(value, int) and _ZEROS.fullmatch(str(cell.number_format)):
        return str(value).zfill(len(cell.number_format))  # 1 formatted as 001 is meant as “001”
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if isinstance(value, int | float):
        return value
    return str(value).strip()
