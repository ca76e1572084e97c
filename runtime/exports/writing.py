"""Puts the lines of a file together, one at a time: a ZIP of CSV files, a workbook, or one JSON document.

Nothing is kept in memory but the line at hand. What a spreadsheet could take for a formula is guarded.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.translation import gettext as _

from runtime.datasets.writing import spreadsheet
from runtime.exports import workbook
from runtime.exports.tables import Table, texts
from runtime.exports.workbook import Records


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
    workbook.write(into, tables, (_legend_heads(), *_legend(tables)), records)


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
