"""Workbooks for tests: honest ones, and ones made to do harm."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sheet.main+xml"/></Types>'
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>'
)
STYLES = f'<styleSheet xmlns="{MAIN}"/>'
ROW = (
    '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>{1}</t></is></c>'
    '<c r="B{0}" t="inlineStr"><is><t>{2}</t></is></c></row>'
)


def workbook(rows: Sequence[Sequence[Any]], **formats: str) -> bytes:
    """Write an honest workbook; `formats` give a cell (A2) a number format."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    for cell, form in formats.items():
        sheet[cell].number_format = form
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def raw(parts: Mapping[str, str | bytes], sheet: str | None = None) -> bytes:
    """Put an archive together by hand; `parts` come on top of what a workbook needs."""
    data = sheet if sheet is not None else ROW.format(1, "value", "label") + ROW.format(2, "A", "Satu")
    usual: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": RELATIONS,
        "xl/styles.xml": STYLES,
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData></worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (usual | dict(parts)).items():
            archive.writestr(name, content)
    return out.getvalue()


def linked() -> bytes:
    """Return an archive with a symbolic link in it."""
    out = io.BytesIO(raw({}))
    with zipfile.ZipFile(out, "a") as archive:
        entry = zipfile.ZipInfo("xl/media/link")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    return out.getvalue()


def crowded(count: int) -> bytes:
    """Return an archive of `count` further entries."""
    return raw({f"xl/media/{number}": b"" for number in range(count)})


def understated(size: int) -> bytes:
    """Return an archive whose sheet says it is tiny and unpacks to `size` bytes."""
    filled = raw({}, sheet=" " * size)
    at = filled.rfind(b"PK\x01\x02", 0, filled.rfind(b"xl/worksheets/sheet1.xml"))
    return filled[: at + 24] + struct.pack("<I", 100) + filled[at + 28 :]


def many_in_little(count: int) -> bytes:
    """Return an archive whose last record hides how many entries there are."""
    whole = crowded(count)
    at = whole.rfind(b"PK\x05\x06")
    return whole[: at + 8] + struct.pack("<HH", 3, 3) + whole[at + 12 :]


def saved_hidden(book: openpyxl.Workbook) -> bytes:
    """Save a workbook with all its sheets hidden, which the library itself refuses to do."""
    book.worksheets[0].sheet_state = "visible"
    return replaced(saved(book), "xl/workbook.xml", b'state="visible"', b'state="hidden"')


def replaced(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """Return a workbook with something in one of its parts replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            part = source.read(entry)
            if entry.filename == name:
                assert old in part
                part = part.replace(old, new)
            target.writestr(entry.filename, part)
    return out.getvalue()


def plain(parts: Mapping[str, str]) -> bytes:
    """Return an archive of these parts alone."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def noise(size: int) -> bytes:
    """Return bytes that hardly pack, the same each time."""
    return random.Random(1).randbytes(size)


def entities(name: str) -> bytes:
    """Return a workbook one part of which is a bomb of entities that also asks for a file."""
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&b;&f;</x>'
    )
    types = TYPES.replace(
        "</Types>",
        '<Override PartName="/xl/sharedStrings.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
    )
    return raw({"[Content_Types].xml": types, "xl/sharedStrings.xml": "<sst/>", name: bomb})
