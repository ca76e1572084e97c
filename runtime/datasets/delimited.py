"""Reads CSV as spreadsheets write it: encoding and delimiter are found out, nothing is guessed silently.

UTF-8 (with or without mark), UTF-16 with mark and Windows-1252 are read; `,` `;` tab and `|` delimit.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator

from runtime.datasets.sheet import Line, Unreadable

DELIMITERS = ",;\t|"
LONGEST_LINE = 100_000
_SEP = "sep="


def read(content: bytes) -> Iterator[Line]:
    """Yield the lines of a CSV file with their numbers as an editor shows them."""
    text = decode(content)
    rows = text.splitlines(keepends=True)
    told = rows[0].strip().lower() if rows else ""
    skipped = 1 if told.startswith(_SEP) and len(told) == len(_SEP) + 1 else 0
    mark = told[-1] if skipped else delimiter(rows[0] if rows else "")
    reader = csv.reader(_short(rows[skipped:], skipped), delimiter=mark, strict=True)
    before = skipped
    try:
        for cells in reader:
            yield before + 1, [cell.strip() for cell in cells]
            before = skipped + reader.line_num
    except csv.Error:
        raise Unreadable("csv.quotes", line=before + 1) from None


def decode(content: bytes) -> str:
    """Return the text of a file in one of the encodings that spreadsheets write."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable("csv.encoding")


def delimiter(header: str) -> str:
    """Return the mark that stands most often in the first line, outside quotes."""
    outside = "".join(header.split('"')[::2])
    return max(DELIMITERS, key=outside.count)


def _short(rows: list[str], skipped: int) -> Iterator[str]:
    for number, row in enumerate(rows, skipped + 1):
        if len(row) > LONGEST_LINE:
            raise Unreadable("csv.line", line=number)
        yield row
