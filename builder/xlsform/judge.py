"""The only file that knows pyxform, the reference reader of XLSForm; it may not be installed.

Its verdict on a workbook is told, and stops nothing: our own report says what was taken and what not.
"""

from __future__ import annotations

import importlib.util
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from runtime.datasets.sheet import Unreadable

if TYPE_CHECKING:
    from builder.xlsform.reading import Book

LONGEST = 500
MOST_OLD_CELLS = 2_000_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What pyxform says: nothing, or the first thing that it refuses, in its own English words."""

    refused: str = ""
    warnings: tuple[str, ...] = ()


def installed() -> bool:
    """Say whether pyxform is there."""
    return importlib.util.find_spec("pyxform") is not None


def read(content: bytes, ending: str) -> Mapping[str, Any]:
    """Read the sheets of a file that is no .xlsx. Raises `Unreadable`."""
    if not installed():
        raise Unreadable("pyxform.missing")
    if ending == ".xls":
        _measure(content)
    try:
        backends = _pyxform("xls2json_backends")
        reader = backends.xls_to_dict if ending == ".xls" else backends.csv_to_dict
        found: Mapping[str, Any] = reader(content)
    except Exception:  # whatever a damaged file provokes inside the reader
        raise Unreadable("file.broken") from None
    return found


def _measure(content: bytes) -> None:
    """Refuse an old workbook whose sheets say they are far larger than any form; nothing is padded here."""
    try:
        book = import_module("xlrd").open_workbook(file_contents=content, ragged_rows=True)
        cells = sum(sheet.nrows * sheet.ncols for sheet in book.sheets())
        book.release_resources()
    except Exception:
        raise Unreadable("file.broken") from None
    if cells > MOST_OLD_CELLS:
        raise Unreadable("file.wide")


def verdict(book: Book) -> Verdict:
    """Ask pyxform to make a form of the sheets."""
    if not installed():
        raise Unreadable("pyxform.missing")
    return converted(_as_dicts(book))


def converted(source: bytes | dict[str, Any]) -> Verdict:
    """Let pyxform convert a workbook, or its sheets."""
    convert = _pyxform("xls2xform").convert
    warnings: list[str] = []
    try:
        named = {"file_type": ".xlsx"} if isinstance(source, bytes) else {}
        convert(xlsform=source, warnings=warnings, form_name="data", **named)
    except Exception as fault:  # it raises many kinds, also its own mistakes
        return Verdict((str(fault).strip() or type(fault).__name__)[:LONGEST], tuple(warnings))
    return Verdict("", tuple(warnings))


def _pyxform(name: str) -> ModuleType:
    found = import_module(f"pyxform.{name}")
    logging.getLogger("pyxform").setLevel(logging.CRITICAL)
    logging.getLogger(found.__name__).setLevel(logging.CRITICAL)
    return found


def _as_dicts(book: Book) -> dict[str, Any]:
    """Return the sheets as pyxform's own readers give them; empty lines keep the numbers of the rows."""
    found: dict[str, Any] = {"sheet_names": list(book.names), "fallback_form_name": "data"}
    for name, sheet in book.sheets.items():
        rows: list[dict[str, str]] = []
        for row in sheet.rows:
            rows += [{} for _ in range(row.number - 2 - len(rows))]
            rows.append(dict(row.cells))
        found[name] = rows
        found[f"{name}_header"] = [dict.fromkeys(sheet.heads)] if sheet.heads else []
    return found
