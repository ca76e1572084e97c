"""A workbook: openpyxl makes the frame (sheets, heads, styles), the lines are written into it as they come.

The lines are our own text, for openpyxl takes ten times as long for each: with 20,000 applications it kept
the one worker of a small installation from everything else for half a minute. ECMA-376 part 1, 18.3.1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from tempfile import TemporaryFile
from typing import IO, Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from runtime.datasets.writing import guarded
from runtime.exports.tables import Table
from runtime.exports.telling import Cell
from runtime.jobs.kinds import Cannot

Records = Callable[[], Iterator[dict[str, Any]]]
LONGEST_TITLE = 31
LONGEST_TEXT = 32_767
MOST_ROWS = 1_048_576
MOST_DIGITS = 15
AT_ONCE = 256  # lines that are packed together
FORMATS = {"d": "yyyy-mm-dd", "t": "yyyy-mm-dd hh:mm"}
QUOTED = "'"  # the style of a text that looks like a formula: it stays a text when it is edited
END = b"</sheetData>"
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write(
    into: IO[bytes], tables: Mapping[str, Table], legend: Iterable[Sequence[str]], records: Records
) -> None:
    """Write one sheet a table, and one more with `legend`, what the columns are. Raises `Cannot`.

    A text is a text whatever it begins with. `records` is read once for each sheet.
    """
    with TemporaryFile() as kept:
        styles = _frame(kept, tables, legend)
        with ZipFile(kept) as frame, ZipFile(into, "w", ZIP_DEFLATED) as book:
            sheets = dict(zip(_sheets(), tables.values(), strict=False))
            for name in frame.namelist():
                table = sheets.get(name)
                if table is None:
                    book.writestr(name, frame.read(name))
                    continue
                head, end, foot = frame.read(name).partition(END)
                with book.open(name, "w", force_zip64=True) as target:
                    target.write(head)
                    for piece in _pieces(table, styles, records):
                        target.write(piece)
                    target.write(end + foot)


def _sheets() -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield f"xl/worksheets/sheet{number}.xml"


def _frame(into: IO[bytes], tables: Mapping[str, Table], legend: Iterable[Sequence[str]]) -> dict[str, int]:
    """Write the workbook without its lines; return the numbers of the styles they may have."""
    book, titles = Workbook(write_only=True), _titles(tables)
    for table in tables.values():
        sheet = book.create_sheet(titles[table.name])
        sheet.freeze_panes = "A2"
        sheet.append([_head(sheet, name) for name in table.columns])
    last = book.create_sheet(_title(_("Columns"), set(titles.values())))
    for row in legend:
        last.append([_text(last, words) for words in row])
    styles = {}
    for kind in (*FORMATS, QUOTED):
        cell = WriteOnlyCell(last, "")
        if kind in FORMATS:
            cell.number_format = FORMATS[kind]
        cell.quotePrefix = kind == QUOTED
        styles[kind] = cell.style_id
    book.save(into)
    return styles


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
    cell = _text(sheet, words)
    cell.font = Font(bold=True)
    return cell


def _text(sheet: Any, words: str) -> Any:
    cell = WriteOnlyCell(sheet, "")
    cell.value = _clean(words)
    cell.data_type = "s"
    cell.quotePrefix = guarded(words) != words
    return cell


def _pieces(table: Table, styles: Mapping[str, int], records: Records) -> Iterator[bytes]:
    columns = [(name, get_column_letter(at)) for at, name in enumerate(table.columns, 1)]
    row, waiting = 1, list[str]()
    for record in records():
        for line in record.get(table.name, ()):
            row += 1
            if row > MOST_ROWS:
                raise Cannot("rows")
            cells = (
                _cell(line[name], f"{letter}{row}", styles) for name, letter in columns if line.get(name)
            )
            waiting.append(f'<row r="{row}">{"".join(cells)}</row>')
        if len(waiting) >= AT_ONCE:
            yield "".join(waiting).encode()
            waiting.clear()
    yield "".join(waiting).encode()


def _cell(cell: Cell, at: str, styles: Mapping[str, int]) -> str:
    kind, text = ("", cell) if isinstance(cell, str) else cell
    value = _value(kind, text)
    if value is not None:
        style = f' s="{styles[kind]}"' if kind in styles else ""
        return f'<c r="{at}"{style}><v>{value}</v></c>'
    style = f' s="{styles[QUOTED]}"' if guarded(text) != text else ""
    words = escape(_clean(text), {"\r": "&#13;"})
    return f'<c r="{at}"{style} t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub("", text)[:LONGEST_TEXT]


def _value(kind: str, text: str) -> float | None:
    """Return a number, or a day as a workbook counts it; None for a text, and for what would be rounded."""
    try:
        if kind == "n" and len(text) <= MOST_DIGITS:
            return float(text) if "." in text else int(text)
        if kind == "d":
            return float(to_excel(date.fromisoformat(text)))
        if kind == "t":
            return float(to_excel(datetime.fromisoformat(text).replace(tzinfo=None)))
    except ValueError:
        return None
    return None
