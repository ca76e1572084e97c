"""From a file to the sheets of an XLSForm: texts by column, with the row numbers that a spreadsheet shows.

Workbooks (.xlsx) pass the gate of `runtime.datasets`; the old .xls and CSV are read by pyxform.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import islice
from typing import Any

from builder.xlsform import bundle, judge
from builder.xlsform.heads import head
from runtime.datasets import delimited, workbook
from runtime.datasets.sheet import Cell, Flaw, Line, Unreadable

MOST_BYTES = 1_500_000
MOST_COLUMNS = 200
MOST_ROWS = 25_000
MOST_QUESTION_ROWS = 3_000
LONGEST_CELL = 32_767  # what a cell of a spreadsheet can hold
LONGEST_LINE = 400_000

MOST_ABOVE = 10  # lines with something in them that may stand over the heads
NEEDED = {
    "survey": frozenset(("type", "name")),
    "choices": frozenset(("list_name", "name")),
    "external_choices": frozenset(("list_name", "name")),
}

SHEETS = ("survey", "choices", "settings", "external_choices", "entities", "osm")
_OLE = b"\xd0\xcf\x11\xe0"
_OTHER = (b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"<")


@dataclass(frozen=True, slots=True)
class Row:
    """One line below the heads: its number, its texts by column, and the cells that hold no value."""

    number: int
    cells: Mapping[str, str]
    flaws: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The heads as they are written, and the lines that hold something.

    `again` are heads that repeat, `above` the numbers of lines that stand over the heads.
    """

    name: str
    heads: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    again: tuple[str, ...] = ()
    above: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """A whole form; `others` are sheets that XLSForm does not know.

    `files` are the CSV files beside the workbook by their names in small letters without the ending, `beside`
    the names of what else was given along.
    """

    sheets: Mapping[str, Sheet]
    others: tuple[str, ...] = ()
    names: tuple[str, ...] = field(default=())
    files: Mapping[str, Sheet] = field(default_factory=dict)
    beside: tuple[str, ...] = ()

    def sheet(self, name: str) -> Sheet:
        return self.sheets.get(name) or Sheet(name)


def read(content: bytes) -> Book:
    """Read a workbook, or an archive of one and its CSV files, by its content.

    Raises `Unreadable`; its code has a sentence in `builder.xlswords`.
    """
    if len(content) > MOST_BYTES:
        raise Unreadable("file.size", limit=f"{MOST_BYTES / 1_000_000:g}")
    found = bundle.opened(content)
    files = {name.lower().removesuffix(".csv"): _file(name, part) for name, part in found.files.items()}
    return replace(_workbook(found.book), files=files, beside=found.others)


def _file(name: str, content: bytes) -> Sheet:
    """Read a CSV file beside the workbook as a sheet of that name."""
    try:
        sheet = _sheet(name, list(islice(delimited.read(content), MOST_ROWS + 2)))
    except Unreadable as fault:
        raise Unreadable("file.list", name=name) from fault
    if len(sheet.rows) > MOST_ROWS:
        raise Unreadable("file.list_rows", name=name, limit=MOST_ROWS)
    return sheet


def _workbook(content: bytes) -> Book:
    if len(content) > MOST_BYTES:
        raise Unreadable("file.size", limit=f"{MOST_BYTES / 1_000_000:g}")
    if not content.strip():
        raise Unreadable("file.nothing")
    if content.startswith(_OTHER):
        raise Unreadable("file.other")
    if content.startswith(b"PK\x03\x04"):
        book = _of_lines(workbook.sheets(content, SHEETS, most_columns=MOST_COLUMNS))
    elif content.startswith(_OLE):
        book = _of_dicts(judge.read(content, ".xls"))
    else:
        book = _of_dicts(judge.read(_text(content).encode(), ".csv"))
    _judge(book)
    return book


def _text(content: bytes) -> str:
    text = delimited.decode(content)
    if any(len(line) > LONGEST_LINE for line in text.splitlines()):
        raise Unreadable("csv.line", line=1)
    return text


def _judge(book: Book) -> None:
    """Refuse what is no form: without its first sheet, or beyond any measure."""
    if "survey" not in book.sheets:
        raise Unreadable("sheet.survey", found=", ".join(book.names[:10]))
    for name, sheet in book.sheets.items():
        limit = MOST_QUESTION_ROWS if name == "survey" else MOST_ROWS
        if len(sheet.rows) > limit:
            raise Unreadable("sheet.rows", sheet=name, limit=limit)
        for row in sheet.rows:
            for column, text in row.cells.items():
                if len(text) > LONGEST_CELL:
                    raise Unreadable(
                        "cell.size", sheet=name, row=row.number, column=column, limit=LONGEST_CELL
                    )


def _of_lines(found: Mapping[str, list[Line]]) -> Book:
    sheets: dict[str, Sheet] = {}
    for title, lines in found.items():
        name = _called(title, alone=len(found) == 1)
        if name and name not in sheets:
            sheets[name] = _sheet(name, lines)
    return _book(sheets, found)


def _called(title: str, *, alone: bool) -> str:
    name = title.strip().lower()
    return name if name in SHEETS else "survey" if alone else ""


def _book(sheets: dict[str, Sheet], titles: Iterable[str]) -> Book:
    names = tuple(titles)
    others = tuple(name for name in names if not _called(name, alone=len(names) == 1))
    return Book(sheets, others, names)


def _sheet(name: str, lines: list[Line]) -> Sheet:
    """Read the line of heads; a head that repeats one is left out and named."""
    at = _heads_at(name, lines)
    if not lines or (at == 0 and lines[0][0] != 1 and not _names(name, lines[0])):
        raise Unreadable("sheet.heads", sheet=name)
    above, lines = [number for number, _ in lines[:at]], lines[at:]
    heads, again = dict[int, str](), list[str]()
    for at, cell in enumerate(lines[0][1]):
        written = _said(cell)
        if at >= MOST_COLUMNS and written:
            raise Unreadable("sheet.columns", sheet=name, limit=MOST_COLUMNS)
        if written and written in heads.values():
            again.append(written)
        elif written:
            heads[at] = written
    rows = [row for number, cells in lines[1:] for row in [_row(number, cells, heads)] if row is not None]
    return Sheet(name, tuple(heads.values()), tuple(rows), tuple(again), tuple(above))


def _heads_at(name: str, lines: list[Line]) -> int:
    """Return which line names the columns: the first, unless titles stand above it."""
    return next((at for at, line in enumerate(lines[:MOST_ABOVE]) if _names(name, line)), 0)


def _names(name: str, line: Line) -> bool:
    """Say whether a line names the columns without which a sheet says nothing."""
    wanted = NEEDED.get(name, frozenset())
    return bool(wanted) and wanted <= {head(_said(cell), name).name for cell in line[1]}


def _row(number: int, cells: list[Cell], heads: Mapping[int, str]) -> Row | None:
    texts, flaws = {}, []
    for at, written in heads.items():
        cell = cells[at] if at < len(cells) else None
        if isinstance(cell, Flaw):
            flaws.append((written, cell.code))
        elif text := _said(cell):
            texts[written] = text
    return Row(number, texts, tuple(flaws)) if texts or flaws else None


def _said(cell: Cell) -> str:
    """Return a cell as text, as other programs that read XLSForm do."""
    if cell is None or isinstance(cell, Flaw):
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).replace("\u00a0", " ").strip()


def _of_dicts(found: Mapping[str, Any]) -> Book:
    """Take what pyxform read: a list of lines for each sheet, empty ones included."""
    sheets = {}
    for name in SHEETS:
        if name not in found:
            continue
        heads = tuple(str(one) for told in found.get(f"{name}_header") or () for one in told if one)
        rows = [
            Row(number, {str(one): str(text) for one, text in cells.items() if one and text})
            for number, cells in enumerate(found[name] or (), 2)
        ]
        sheets[name] = Sheet(name, heads, tuple(row for row in rows if row.cells))
    return _book(sheets, [str(name) for name in found.get("sheet_names") or ()])
