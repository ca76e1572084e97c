"""Sheets as an .xlsx file. Every cell is text: nothing that somebody wrote becomes a formula."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

FIRST = {
    "survey": ("type", "name"),
    "choices": ("list_name", "name"),
    "settings": ("form_title", "form_id", "version", "default_language", "style"),
}


def packed(sheets: Mapping[str, Iterable[Mapping[str, str]]]) -> bytes:
    """Return a workbook; the columns of a sheet are those that its rows use."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        _fill(book.create_sheet(name), name, list(rows))
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _fill(sheet: Any, name: str, rows: list[Mapping[str, str]]) -> None:
    heads = list(dict.fromkeys([*FIRST.get(name, ()), *(head for row in rows for head in row)]))
    for number, row in enumerate([dict(zip(heads, heads, strict=True)), *rows], 1):
        for at, head in enumerate(heads, 1):
            if text := ILLEGAL_CHARACTERS_RE.sub("", row.get(head, "")):
                cell = sheet.cell(number, at)
                cell.value = text
                cell.data_type = "s"
    sheet.freeze_panes = "A2"
