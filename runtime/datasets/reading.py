"""From a file to the entries of an edition, or to a report of what has to be put right: all or nothing."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from runtime.datasets import cells, columns, delimited, workbook
from runtime.datasets.columns import LABEL, VALUE, Column
from runtime.datasets.findings import Finding
from runtime.datasets.models import LONGEST_LABEL, LONGEST_VALUE
from runtime.datasets.sheet import MOST_BYTES, Cell, Line, Unreadable, capped
from schemas.definition import ColumnType, Json

MOST_FINDINGS = 100
_VALUE = re.compile(rf"[A-Za-z0-9][A-Za-z0-9_.+-]{{0,{LONGEST_VALUE - 1}}}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a dataset."""

    value: str
    label: Mapping[str, str]
    cells: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds. With findings it holds nothing: no edition is made of half a file.

    `findings` are the first hundred of `faults`; `types` are the types taken, declared or looked like.
    """

    columns: tuple[Column, ...] = ()
    types: Mapping[str, ColumnType] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()
    findings: tuple[Finding, ...] = ()
    faults: int = 0
    lines: int = 0

    @property
    def digest(self) -> str:
        """Return the SHA-256 of columns and entries: the same content, the same digest."""
        told = [list(self.types.items()), [[e.value, e.label, e.cells] for e in self.entries]]
        return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def read(content: bytes, types: Mapping[str, str] | None = None) -> Reading:
    """Read a file by its content; `types` overrule what the columns look like. Never raises."""
    try:
        return _read(list(_lines(content)), types or {})
    except Unreadable as refused:
        return Reading(findings=(Finding(0, "", refused.code, refused.data),), faults=1)


def _lines(content: bytes) -> Iterator[Line]:
    if len(content) > MOST_BYTES:
        raise Unreadable("file.large", limit=MOST_BYTES // 1_000_000)
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return capped(workbook.read(content))
    if content.startswith((b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"<")):
        raise Unreadable("file.kind")
    return capped(delimited.read(content))


def _read(lines: list[Line], wanted: Mapping[str, str]) -> Reading:
    if not lines:
        raise Unreadable("file.empty")
    (first, header), body = lines[0], lines[1:]
    known, faults = columns.read(header, first)
    if not body:
        faults.append(Finding(0, "", "file.rows"))
    types = {column.key: _type(column, body, wanted) for column in known if column.is_cell}
    if faults:
        return Reading(known, types, (), tuple(faults), len(faults), len(body))
    return _Entries(known, types).read(body)


def _type(column: Column, body: Iterable[Line], wanted: Mapping[str, str]) -> ColumnType:
    asked = next((kind for kind in columns.TYPES if kind == wanted.get(column.key)), None)
    return asked or column.type or cells.guess(row[column.at] for _no, row in body if column.at < len(row))


class _Entries:
    """Collects entries and findings line by line."""

    def __init__(self, known: tuple[Column, ...], types: Mapping[str, ColumnType]) -> None:
        self.columns, self.types = known, types
        self.entries: list[Entry] = []
        self.findings: list[Finding] = []
        self.faults = 0
        self.seen: dict[str, int] = {}
        self.main = next((column for column in known if column.key == LABEL), None)

    def read(self, body: list[Line]) -> Reading:
        for number, row in body:
            self._line(number, row)
        kept = tuple(self.entries) if not self.faults else ()
        return Reading(self.columns, self.types, kept, tuple(self.findings), self.faults, len(body))

    def _line(self, number: int, row: list[Cell]) -> None:
        if len(row) > len(self.columns):
            self._fault(number, "", "line.wide")
            return
        value, label, other = "", dict[str, str](), dict[str, Json]()
        for column in self.columns:
            cell = row[column.at] if column.at < len(row) else None
            try:
                if column.key == VALUE:
                    value = self._value(cell, number)
                elif column.key == LABEL:
                    label |= self._label(cell, column)
                elif (read := cells.value(cell, self.types[column.key])) is not None:
                    other[column.key] = read
            except cells.Wrong as wrong:
                self._fault(number, column.title, wrong.code, wrong.data)
        if value and not self.faults:
            self.entries.append(Entry(value, label, other))

    def _value(self, cell: Cell, number: int) -> str:
        text = cells.text(cell)
        if not text:
            raise cells.Wrong("value.missing")
        if not _VALUE.fullmatch(text):
            raise cells.Wrong("value.form", text=text, limit=LONGEST_VALUE)
        if text in self.seen:
            raise cells.Wrong("value.twice", text=text, first=self.seen[text])
        self.seen[text] = number
        return text

    def _label(self, cell: Cell, column: Column) -> dict[str, str]:
        """Return the words in one language; only the first label column must be filled in every line."""
        words = cells.text(cell)
        if len(words) > LONGEST_LABEL:
            raise cells.Wrong("label.long", limit=LONGEST_LABEL)
        if not words and column is self.main:
            raise cells.Wrong("label.missing")
        return {column.language: words} if words else {}

    def _fault(self, line: int, column: str, code: str, data: Mapping[str, object] | None = None) -> None:
        self.faults += 1
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(Finding(line, column, code, data or {}))
