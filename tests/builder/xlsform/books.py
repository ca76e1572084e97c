"""Workbooks for the tests, made on the spot."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import openpyxl

from builder import xlsimport, xlsreport
from builder.xlsimport import Import

Rows = Sequence[Mapping[str, Any]]
HEADS = ("type", "name", "label")


def book(survey: Rows, choices: Rows = (), settings: Rows = (), **more: Rows) -> bytes:
    """Return a workbook; the columns of a sheet are those that its rows use."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    sheets = {"survey": survey, "choices": choices, "settings": settings, **more}
    for name, rows in sheets.items():
        if rows or name == "survey":
            first = HEADS if name == "survey" else ()
            fill(made.create_sheet(name), rows, first)
    return saved(made)


def fill(sheet: Any, rows: Rows, first: Iterable[str] = ()) -> None:
    heads = list(dict.fromkeys([*first, *(head for row in rows for head in row)]))
    sheet.append(heads)
    for row in rows:
        sheet.append([row.get(head) for head in heads])


def saved(made: openpyxl.Workbook) -> bytes:
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def q(kind: str, name: str, label: str | None = "L", **more: Any) -> dict[str, Any]:
    """Return a row of the survey; `label__en` is the column `label::English (en)`."""
    named = {
        head.replace("__en", "::English (en)").replace("__id", "::Bahasa Indonesia (id)"): text
        for head, text in more.items()
    }
    return {"type": kind, "name": name, "label": label, **named}


def choices(**lists: Sequence[str]) -> list[dict[str, str]]:
    return [
        {"list_name": listed, "name": name, "label": name.upper()}
        for listed, names in lists.items()
        for name in names
    ]


def run(
    *survey: Mapping[str, Any],
    choices: Rows = (),
    settings: Rows = (),
    others: Mapping[str, Rows] | None = None,
    **more: Any,
) -> Import:
    made = book(survey, choices, settings, **(others or {}))
    return xlsimport.run(made, **{"language": "id", "judged": False, **more})


def told(made: Import) -> list[tuple[int, str, str]]:
    """Return the reasons about data in the sheet of questions: row, column, code."""
    ledger = made.conversion.ledger
    return [
        (entry.row, entry.column, entry.reason)
        for entry in [*ledger.of("refused"), *ledger.of("without")]
        if entry.sheet == "survey"
    ]


def counted(made: Import) -> tuple[int, int, int]:
    counts = made.conversion.ledger.counted("survey")
    return counts["whole"], counts["without"], counts["refused"]


def fields(made: Import) -> dict[str, dict[str, Any]]:
    """Return every item of the document by its key."""
    assert made.document is not None, xlsreport.as_json(made)
    waiting, found = [item for page in made.document["pages"] for item in page["fields"]], {}
    while waiting:
        item = waiting.pop(0)
        found[item["key"]] = item
        waiting = [*item.get("fields", []), *waiting]
    return found
