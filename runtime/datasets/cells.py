"""One cell as a value of its column's type, and which type the cells of a column look like."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from runtime.datasets.sheet import Cell, Flaw
from schemas import numerals
from schemas.definition import ColumnType, Json

LONGEST_TEXT = 1000
LARGEST = 2**53 - 1

_YES = frozenset({"ya", "yes", "y", "true", "benar", "1"})
_NO = frozenset({"tidak", "no", "n", "false", "salah", "0"})
_WORDS = frozenset({"ya", "yes", "true", "benar", "tidak", "no", "false", "salah"})
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_CODE = re.compile(r"-?0\d", re.ASCII)
_GUARDED = re.compile(r"'(?=[=+\-@\t\r])")


class Wrong(Exception):
    """The cell is not of the type of its column. `code` finds the sentence, `data` fills it."""

    def __init__(self, code: str, **data: object) -> None:
        super().__init__(code)
        self.code = code
        self.data = data


def text(cell: Cell) -> str:
    """Return what a cell says as text, without control characters and a spreadsheet's guarding apostrophe."""
    if isinstance(cell, Flaw):
        raise Wrong(cell.code, text=cell.text)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ya" if cell else "tidak"
    if isinstance(cell, date):
        return cell.isoformat()
    words = f"{Decimal(repr(cell)):f}" if isinstance(cell, float) else str(cell)
    return " ".join("".join(mark if mark.isprintable() else " " for mark in _GUARDED.sub("", words)).split())


def value(cell: Cell, kind: ColumnType) -> Json:
    """Return the canonical JSON of a cell, None when it is empty; raise `Wrong` when it does not fit."""
    words = text(cell)
    if not words:
        return None
    if kind == "text":
        if len(words) > LONGEST_TEXT:
            raise Wrong("cell.long", limit=LONGEST_TEXT)
        return words
    read = {"number": _number, "money": _money, "date": _date, "boolean": _boolean}[kind](cell, words)
    if read is None:
        raise Wrong(f"cell.{kind}", text=words)
    return read


def guess(cells: Iterable[Cell]) -> ColumnType:
    """Return the narrowest type that all cells are clearly of; codes with leading zeros are text."""
    left: set[ColumnType] = {"number", "date", "boolean"}
    some = False
    for cell in cells:
        if isinstance(cell, Flaw) or not (words := text(cell)):
            continue
        some = True
        left = {kind for kind in left if _is_clearly(kind, cell, words)}
        if not left:
            return "text"
    return next(iter(left)) if some and len(left) == 1 else "text"


def _is_clearly(kind: ColumnType, cell: Cell, words: str) -> bool:
    if kind == "boolean":
        return isinstance(cell, bool) or words.casefold() in _WORDS
    if kind == "date":
        return _date(cell, words) is not None
    return not isinstance(cell, bool | date) and not _CODE.match(words) and _number(cell, words) is not None


def _number(cell: Cell, words: str) -> Json:
    """Return a whole number as such and any other as exact decimal text."""
    exact = isinstance(cell, int | float) and not isinstance(cell, bool)
    number = Decimal(words) if exact else numerals.read(words)
    if number is None or isinstance(cell, bool | date) or abs(number) > LARGEST:
        return None
    return int(number) if number == number.to_integral_value() else f"{number.normalize():f}"


def _money(cell: Cell, words: str) -> Json:
    if isinstance(cell, float | bool | date):
        return None
    amount = int(words) if isinstance(cell, int) else numerals.read_rupiah(words)
    return amount if amount is not None and 0 <= amount <= LARGEST else None


def _date(cell: Cell, words: str) -> Json:
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return cell.isoformat()
    if not isinstance(cell, str):
        return None
    parts = _DAY_FIRST.fullmatch(words)
    try:
        if parts:
            return date(int(parts[3]), int(parts[2]), int(parts[1])).isoformat()
        return date.fromisoformat(words).isoformat() if _ISO.fullmatch(words) else None
    except ValueError:
        return None


def _boolean(cell: Cell, words: str) -> Json:
    word = words.casefold()
    return True if word in _YES else False if word in _NO else None
