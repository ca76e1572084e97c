"""The columns of a file: which holds the value, which the labels, and of what type the others are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from django.conf import settings

from runtime.datasets.findings import Finding
from runtime.datasets.sheet import Cell
from schemas.definition import ColumnType

TYPES: tuple[ColumnType, ...] = get_args(ColumnType)
VALUE, LABEL = "value", "label"
VALUE_NAMES = ("value", "nilai", "kode", "code")
LABEL_NAMES = ("label", "nama", "name")

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it is for (`value`, `label` in `language`, or another `key`) and its declared type."""

    at: int
    title: str
    key: str
    language: str = ""
    type: ColumnType | None = None

    @property
    def is_cell(self) -> bool:
        return self.key not in {VALUE, LABEL}


def read(header: Sequence[Cell], line: int) -> tuple[tuple[Column, ...], list[Finding]]:
    """Return the columns that the first line names, and what is wrong with it."""
    found = [_column(at, str(cell or "").strip()) for at, cell in enumerate(header)]
    value = _first(found, VALUE_NAMES)
    label = _first(found, LABEL_NAMES)
    columns = tuple(_as(column, value, label) for column in found)
    return columns, list(_faults(columns, line))


def _column(at: int, title: str) -> Column:
    """Read `fee:money`, `label:en` or a bare name; capitals, spaces and accents do not matter."""
    name, _mark, tail = title.partition(":")
    key, tail = _key(name), tail.strip(": ").casefold()
    if tail in TYPES:
        return Column(at, title, key, type=next(known for known in TYPES if known == tail))
    if key in LABEL_NAMES and _LANGUAGE.fullmatch(tail):
        return Column(at, title, key, language=tail)
    return Column(at, title, key if not tail else f"{key}:{tail}")


def _key(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def _first(columns: Sequence[Column], names: Sequence[str]) -> str:
    """Return which of `names` stands for the value or the label in this file: the first that is there."""
    keys = {column.key for column in columns}
    return next((name for name in names if name in keys), names[0])


def _as(column: Column, value: str, label: str) -> Column:
    if column.key == value:
        return Column(column.at, column.title, VALUE)
    if column.key == label:
        return Column(column.at, column.title, LABEL, column.language or settings.LANGUAGE_CODE)
    return column


def _faults(columns: Sequence[Column], line: int) -> Iterator[Finding]:
    roles = {column.key for column in columns}
    for needed in (VALUE, LABEL):
        if needed not in roles:
            yield Finding(line, "", f"header.{needed}")
    seen: set[tuple[str, str]] = set()
    for column in columns:
        if not column.title:
            yield Finding(line, _letter(column.at), "header.nameless")
        elif not _KEY.fullmatch(column.key):
            yield Finding(line, column.title, "header.name", {"types": " ".join(TYPES)})
        elif (column.key, column.language) in seen:
            yield Finding(line, column.title, "header.twice")
        seen.add((column.key, column.language))


def _letter(at: int) -> str:
    return chr(65 + at) if at < 26 else f"A{chr(65 + at - 26)}"
