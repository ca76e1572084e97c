"""Reads the first visible sheet of an .xlsx file: results, never formulas.

XML is parsed with defusedxml, which refuses entities; that is asserted when this module is imported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
    with opened.archive:
        try:
            results = _rows(opened.archive, data_only=True)
            formulas = _rows(opened.archive, data_only=False) if opened.formulas else repeat(())
            for number, (row, written) in enumerate(zip(results, formulas, strict=False), 1):
                if number > 2 * MOST_LINES:
                    raise Unreadable("file.lines", limit=MOST_LINES)
                if any(cell is not EMPTY_CELL for cell in row):
                    yield number, _cells(row, written)
        except (Unreadable, GeneratorExit):
            raise
        except Exception as error:  # whatever a damaged file provokes inside the parser
            forbidden = isinstance(error, DefusedXmlException) or isinstance(
                error.__cause__, DefusedXmlException
            )
            raise Unreadable("xlsx.entities" if forbidden else "xlsx.broken") from None


def _rows(source: Any, *, data_only: bool) -> Iterator[tuple[Any, ...]]:
    book = openpyxl.load_workbook(source.fp, read_only=True, data_only=data_only, keep_links=False)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not sheets:
        raise Unreadable("xlsx.empty")
    sheets[0].reset_dimensions()  # what a file says about its own size is not believed
    rows: Iterator[tuple[Any, ...]] = sheets[0].iter_rows(max_col=MOST_COLUMNS + 1)
    return rows


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
