"""A workbook with the CSV files that its questions refer to: several files, or a ZIP archive of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from runtime.datasets import archive
from runtime.datasets.sheet import Unreadable

MOST_UNPACKED = 5_000_000
MOST_FILES = 30
ZIP = b"PK\x03\x04"
BOOKS = (".xlsx", ".xlsm", ".xls")


@dataclass(frozen=True, slots=True)
class Bundle:
    """The bytes of the workbook, of the CSV files by name, and the names of what is neither."""

    book: bytes
    files: dict[str, bytes] = field(default_factory=dict)
    others: tuple[str, ...] = ()


def packed(files: Sequence[tuple[str, bytes]]) -> bytes:
    """Return one file as it is, several as an archive; of two with one name the first counts."""
    if len(files) == 1:
        return files[0][1]
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in dict(reversed(files)).items():
            made.writestr(name, content)
    return kept.getvalue()


def opened(content: bytes) -> Bundle:
    """Tell workbook and lists apart. Raises `Unreadable`; nothing is written to disk."""
    if not content.startswith(ZIP) or archive.holds(content, "xl/workbook.xml"):
        return Bundle(content)
    try:
        found = archive.members(content, most=MOST_UNPACKED)
    except Unreadable as fault:
        raise Unreadable(
            "zip.unsafe" if fault.code == "xlsx.names" else _CODES.get(fault.code, "zip.large")
        ) from None
    files = {name: part for path, part in found.items() if (name := _name(path))}
    if len(files) > MOST_FILES:
        raise Unreadable("zip.many", limit=MOST_FILES)
    books = [name for name, part in files.items() if _is_book(name, part)]
    if len(books) != 1:
        raise Unreadable("zip.books" if books else "zip.none", found=", ".join(list(books or files)[:5]))
    lists = {name: part for name, part in files.items() if name not in books and _ends(name) == ".csv"}
    others = tuple(name for name in files if name not in lists and name not in books)
    return Bundle(files[books[0]], lists, others)


_CODES = {"xlsx.broken": "zip.broken", "xlsx.locked": "zip.locked"}


def _name(path: str) -> str:
    """Return the name without its folders; what programs leave behind has none."""
    name = PurePosixPath(path).name
    hidden = path.startswith("__MACOSX/") or name.startswith((".", "~$")) or path.endswith("/")
    return "" if hidden else name


def _ends(name: str) -> str:
    return PurePosixPath(name.lower()).suffix


def _is_book(name: str, content: bytes) -> bool:
    """Say whether a file is a workbook, or a CSV file with the sheets of one below each other."""
    head = content[:40].lstrip(b"\xef\xbb\xbf").lstrip(b' "\t').lower()
    return _ends(name) in BOOKS or (_ends(name) == ".csv" and head.startswith(b"survey"))
