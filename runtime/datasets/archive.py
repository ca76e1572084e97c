"""The gate in front of workbooks: an .xlsx file is a ZIP archive, and may be a trap.

The central directory is read before anything is unpacked, nothing is ever written to disk, and lines, cells
and texts are counted before a parser sees them.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass

from runtime.datasets.sheet import MOST_LINES, Unreadable

MOST_ENTRIES = 200
MOST_UNPACKED = 50_000_000
MOST_RATIO = 100
MOST_CELLS = 1_000_000
MOST_ABOUT = 1_000_000  # styles, relations and other parts that are parsed whole
SMALL = 1_000_000  # an entry this small can do no harm, however well it packs

_OLE = b"\xd0\xcf\x11\xe0"
_END, _END_SIZE, _LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535
_LARGEST_DIRECTORY = 64_000
_UNSAFE = re.compile(r"(^|/)\.\.(/|$)|^[/\\]|^[A-Za-z]:|\\|\x00")
_BULK = re.compile(r"xl/(worksheets/[^/]+\.xml|sharedStrings\.xml)", re.IGNORECASE)
_NEVER_PARSED = re.compile(
    r"xl/(media|drawings|charts|embeddings|pivot\w+|externalLinks|printerSettings)/|xl/vba", re.IGNORECASE
)
_LIMITS = {b"row": MOST_LINES + 1, b"c": MOST_CELLS, b"si": MOST_CELLS}
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)


@dataclass(frozen=True, slots=True)
class Opened:
    """A workbook that may be unpacked, and whether any cell of it has a formula."""

    archive: zipfile.ZipFile
    formulas: bool


def open_safely(content: bytes) -> Opened:
    """Return the archive when unpacking and parsing it can do no harm; raise `Unreadable` otherwise."""
    if content.startswith(_OLE):
        raise Unreadable("xlsx.old")
    _judge_end(content)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        _judge_entries(archive.infolist(), len(content))
        return Opened(archive, _count(archive))
    except _BROKEN:
        raise Unreadable("xlsx.broken") from None


def holds(content: bytes, name: str) -> bool:
    """Say whether an archive has a part of this name; one that cannot be opened is taken for one that has."""
    try:
        _judge_end(content)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return name in archive.namelist()
    except (Unreadable, *_BROKEN):
        return True


def members(content: bytes, *, most: int) -> dict[str, bytes]:
    """Return the files of an archive that is no workbook, at most `most` bytes; raise `Unreadable`."""
    _judge_end(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _judge_names(entries)
            if sum(entry.file_size for entry in entries) > most:
                raise Unreadable("xlsx.bomb", limit=most // 1_000_000)
            return {entry.filename: archive.read(entry) for entry in entries if not entry.is_dir()}
    except _BROKEN:
        raise Unreadable("xlsx.broken") from None


def _judge_end(content: bytes) -> None:
    """Look at the last record first: how many entries there are, and how large their directory is."""
    tail = content[-(_END_SIZE + _LONGEST_COMMENT) :]
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise Unreadable("xlsx.broken")
    entries, size = struct.unpack("<HI", tail[at + 10 : at + 16])
    if entries > MOST_ENTRIES or size > _LARGEST_DIRECTORY:
        raise Unreadable("xlsx.entries", limit=MOST_ENTRIES)


def _judge_names(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise Unreadable("xlsx.entries", limit=MOST_ENTRIES)
    names = [entry.filename for entry in entries]
    links = any(entry.external_attr >> 28 == 0o12 for entry in entries)
    if links or any(_UNSAFE.search(name) for name in names) or len({*names}) < len(names):
        raise Unreadable("xlsx.names")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable("xlsx.locked")


def _judge_entries(entries: list[zipfile.ZipInfo], packed: int) -> None:
    _judge_names(entries)
    unpacked = sum(entry.file_size for entry in entries)
    steep = any(e.file_size > max(SMALL, MOST_RATIO * e.compress_size) for e in entries)
    if unpacked > MOST_UNPACKED or steep or unpacked > max(SMALL, MOST_RATIO * packed):
        raise Unreadable("xlsx.bomb", limit=MOST_UNPACKED // 1_000_000)
    if any(_is_about(e.filename) and e.file_size > MOST_ABOUT for e in entries):
        raise Unreadable("xlsx.heavy")
    if "xl/workbook.xml" not in [entry.filename for entry in entries]:
        raise Unreadable("xlsx.broken")


def _is_about(name: str) -> bool:
    parsed = name.lower().endswith((".xml", ".rels"))
    return parsed and not _BULK.fullmatch(name) and not _NEVER_PARSED.match(name)


def _count(archive: zipfile.ZipFile) -> bool:
    """Count lines, cells and texts of all sheets while unpacking; return whether there are formulas."""
    counts = dict.fromkeys(_LIMITS, 0)
    formulas = False
    for entry in archive.infolist():
        if not _BULK.fullmatch(entry.filename):
            continue
        with archive.open(entry) as part:
            while chunk := part.read(1 << 20):
                formulas = formulas or any(mark in chunk for mark in (b"<f>", b"<f ", b":f>", b":f "))
                for tag, limit in _LIMITS.items():
                    counts[tag] += sum(
                        chunk.count(start + tag + end)
                        for start in (b"<", b":")
                        for end in (b">", b" ", b"/", b"\n")
                    )
                    if counts[tag] > limit:
                        raise Unreadable("file.lines", limit=MOST_LINES)
    return formulas
