"""Twelve workbooks such as offices and agencies have them, written for these tests; each is a table."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.builder.xlsform.books import fill, saved

FOLDER = Path(__file__).parent / "forms"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))


def form(name: str) -> bytes:
    """Return a form as a workbook."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets(name).items():
        fill(made.create_sheet(title), rows)
    return saved(made)


def sheets(name: str) -> dict[str, list[dict[str, str]]]:
    """Return the rows of each sheet; a sheet begins with `= name`, its cells stand between bars."""
    found: dict[str, list[dict[str, str]]] = {"survey": []}
    heads: list[str] = []
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            rows, heads = found.setdefault(line[2:], []), []
            continue
        cells = [cell.strip() for cell in line.split("|")]
        if not heads:
            heads = cells
            continue
        rows.append({head: cell for head, cell in zip(heads, cells, strict=False) if cell})
    return found
