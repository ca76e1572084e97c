"""An edition as a CSV file that opens rightly in a spreadsheet and can be imported again without loss."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from django.conf import settings

from runtime.datasets import selectors
from runtime.datasets.models import Edition
from schemas.definition import Json

BATCH = 2000
MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class _Echo:
    def write(self, text: str) -> str:
        return text


def spreadsheet(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield a file piece by piece: UTF-8 with mark, semicolons, what looks like a formula guarded."""
    writer = csv.writer(_Echo(), delimiter=";")
    yield MARK + writer.writerow([guarded(head) for head in heads])
    for row in rows:
        yield writer.writerow([guarded(cell) for cell in row])


def lines(edition: Edition) -> Iterator[str]:
    """Yield the file of an edition piece by piece."""
    languages, columns = _languages(edition), edition.types
    heads = [*(f"label:{code}" for code in languages), *(f"{key}:{kind}" for key, kind in columns.items())]
    return spreadsheet(["value", *heads], _rows(edition, languages, columns))


def _rows(edition: Edition, languages: Iterable[str], columns: Iterable[str]) -> Iterator[list[str]]:
    for start in range(0, edition.count, BATCH):
        for row in selectors.rows(edition, start=start, limit=BATCH):
            words = [row.label.get(code, "") for code in languages]
            yield [row.value, *words, *(_plain(row.cells.get(key)) for key in columns)]


def _languages(edition: Edition) -> list[str]:
    found: dict[str, None] = {}
    for start in range(0, edition.count, BATCH):
        for row in selectors.rows(edition, start=start, limit=BATCH):
            found |= dict.fromkeys(row.label)
    first = settings.LANGUAGE_CODE
    return sorted(found, key=lambda code: (code != first, code))


def _plain(cell: Json) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ya" if cell else "tidak"
    return str(cell)


def guarded(text: str) -> str:
    """Return `text` so that a spreadsheet never takes it for a formula; negative numbers are left alone."""
    number = text[1:].replace(".", "", 1).isdigit() if text.startswith("-") else False
    return f"'{text}" if text.startswith(_FORMULA) and not number else text
