"""What every reader of a file yields: numbered lines of cells. Knows neither CSV nor workbooks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

MOST_BYTES = 10_000_000
MOST_LINES = 100_000
MOST_COLUMNS = 30


@dataclass(frozen=True, slots=True)
class Flaw:
    """A cell whose content is no value; `code` says why: an error, a formula without a result."""

    code: str
    text: str = ""


Cell = str | int | float | bool | date | datetime | Flaw | None
Line = tuple[int, list[Cell]]


class Unreadable(Exception):
    """The file cannot be taken at all. `code` finds the sentence, `data` fills it."""

    def __init__(self, code: str, **data: object) -> None:
        super().__init__(code)
        self.code = code
        self.data = data


def capped(lines: Iterator[Line]) -> Iterator[Line]:
    """Yield the lines that hold something; refuse a file with too many of them, or too wide a one."""
    count = 0
    for number, cells in lines:
        while cells and cells[-1] in (None, ""):
            cells.pop()
        if not cells:
            continue
        count += 1
        if count > MOST_LINES + 1:
            raise Unreadable("file.lines", limit=MOST_LINES)
        if len(cells) > MOST_COLUMNS:
            raise Unreadable("file.columns", limit=MOST_COLUMNS, line=number)
        yield number, cells
