"""The smallest workbook in the format of Excel 97 (.xls) that holds texts: BIFF8 in a compound file of OLE.

Source: [MS-XLS] and [MS-CFB]; nothing at hand writes such files any more.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def text(words: str, *, short: bool = False) -> bytes:
    return struct.pack("<BB" if short else "<HB", len(words), 1) + words.encode("utf-16-le")


def sheet(rows: Sequence[Sequence[str]]) -> bytes:
    cells = b"".join(
        record(0x0204, struct.pack("<HHH", at, column, 0) + text(words))
        for at, row in enumerate(rows)
        for column, words in enumerate(row)
        if words
    )
    return record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)) + cells + record(0x000A)


def workbook(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """Return a whole file."""
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    named = [struct.pack("<BB", 0, 0) + text(name, short=True) for name in sheets]
    at = len(begin) + sum(4 + 4 + len(name) for name in named) + len(record(0x000A))
    globals_, bodies = begin, b""
    for name, rows in zip(named, sheets.values(), strict=True):
        globals_ += record(0x0085, struct.pack("<I", at + len(bodies)) + name)
        bodies += sheet(rows)
    return compound(globals_ + record(0x000A) + bodies)


def compound(stream: bytes) -> bytes:
    """Put a stream called Workbook into a compound file: one sector of FAT, one of the directory."""
    stream = stream.ljust(max(4096, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    count = len(stream) // SECTOR
    assert count < 100
    fat = [FAT, END, *range(3, count + 2), END]
    fat += [FREE] * (SECTOR // 4 - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", 0, *[FREE] * 108)
    directory = entry("Root Entry", 5, 1, END, 0) + entry("Workbook", 2, FREE, 2, len(stream))
    return header + struct.pack("<128I", *fat) + directory.ljust(SECTOR, b"\0") + stream


def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    words = (name + "\0").encode("utf-16-le")
    head = words.ljust(64, b"\0") + struct.pack("<HBBIII", len(words), kind, 1, FREE, FREE, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)
