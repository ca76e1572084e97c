"""What became of a workbook of XLSForm, in words: the report of an import, for the command and for the clerk.

Also the few texts that an import writes into a document by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from builder import blank
from builder.schemareport import Line, filled
from builder.xlsform.ledger import HEADS, Entry, Ledger
from builder.xlsform.write import Said
from builder.xlswords import SENTENCES, UNREADABLE
from runtime.datasets.findings import SENTENCES as OF_FILES
from runtime.datasets.sheet import Unreadable

if TYPE_CHECKING:
    from builder.xlsimport import Import

Json = Any


def said() -> Said:
    """Return the texts of an import in every language of documents."""
    return Said(
        page=blank.both(gettext_lazy("Your application")),
        rest=blank.both(gettext_lazy("Other questions")),
        other=blank.both(gettext_lazy("Other")),
        which=blank.both(gettext_lazy("{label} – which other?")),
        place=blank.both(gettext_lazy("Place {number}")),
        filed=blank.both(gettext_lazy("Day of sending")),
    )


def untitled(language: str) -> str:
    """Return what a form without a title is called."""
    with override(language):
        return _("Form")


def as_json(made: Import) -> dict[str, Json]:
    """Return the report: how many rows were taken, and three lists with every reason."""
    ledger = made.conversion.ledger
    report: dict[str, Json] = {
        "parsed": made.unreadable is None,
        "document": made.document is not None,
        "whole": made.conversion.whole,
        "rows": ledger.counted("survey"),
        "choices": ledger.counted("choices"),
        "pyxform": made.verdict.refused,
    }
    if made.unreadable is not None:
        report["reason"], report["sentence"] = made.unreadable.code, unreadable(made.unreadable)
    for kind in ("refused", "without", "look"):
        report[kind] = [entry_json(entry) for entry in ledger.of(kind)]
    return report


def entry_json(entry: Entry) -> dict[str, Json]:
    return {
        "sheet": entry.sheet,
        "row": entry.row,
        "column": entry.column,
        "reason": entry.reason,
        "sentence": sentence(entry),
    }


def reasons(ledger: Ledger) -> dict[str, int]:
    """Count the reasons why rows of questions were not taken, or not wholly."""
    told = [*ledger.of("refused"), *ledger.of("without")]
    return dict(Counter(entry.reason for entry in told).most_common())


def sentence(entry: Entry) -> str:
    """Return why a row was not taken, or not wholly."""
    known = SENTENCES.get(entry.reason)
    return filled(known, dict(entry.data)) if known else str(OF_FILES[entry.reason]) % {"text": ""}


def unreadable(fault: Unreadable) -> str:
    """Return why a file could not be read at all, and what to do."""
    if fault.code in UNREADABLE:
        return filled(UNREADABLE[fault.code], fault.data)
    return str(OF_FILES[fault.code]) % {name: str(value)[:60] for name, value in fault.data.items()}


def lines(ledger: Ledger, entries: Iterable[Entry]) -> list[Line]:
    """Return entries in words; rows of which the same is said are one line that names them all."""
    groups: dict[tuple[str, str, str], list[Entry]] = {}
    for entry in entries:
        where = _column(entry) if entry.row > HEADS else place(ledger, entry)
        groups.setdefault((entry.sheet, where, sentence(entry)), []).append(entry)
    return [Line(_places(ledger, found), said) for (_sheet, _where, said), found in groups.items()]


def _column(entry: Entry) -> str:
    return "" if entry.column in ("type", "list_name") else entry.column


def _places(ledger: Ledger, found: Sequence[Entry]) -> str:
    """Return where the same is said: one place, or how many rows and which."""
    rows = sorted({entry.row for entry in found})
    if len(rows) == 1:
        return place(ledger, found[0])
    first = found[0]
    data = {"sheet": first.sheet, "column": first.column, "number": len(rows), "rows": spans(rows)}
    if not _column(first):
        return filled(_("Sheet “{sheet}”, {number} rows: {rows}"), data)
    return filled(_("Sheet “{sheet}”, column “{column}”, {number} rows: {rows}"), data)


def spans(rows: Sequence[int]) -> str:
    """Return numbers in ascending order as 2, 4–6, 9."""
    found: list[list[int]] = []
    for row in rows:
        if found and row == found[-1][-1] + 1:
            found[-1].append(row)
        else:
            found.append([row])
    return ", ".join(
        f"{part[0]}–{part[-1]}" if len(part) > 2 else ", ".join(str(row) for row in part) for part in found
    )


def place(ledger: Ledger, entry: Entry) -> str:
    """Return where an entry stands, as the spreadsheet shows it."""
    if not entry.row:
        return _("Sheet “{sheet}”").replace("{sheet}", entry.sheet)
    if entry.row == HEADS:
        words = _("Sheet “{sheet}”, column “{column}”")
        return filled(words, {"sheet": entry.sheet, "column": entry.column})
    data = {
        "sheet": entry.sheet,
        "row": entry.row,
        "name": ledger.rows.get((entry.sheet, entry.row), ""),
        "column": entry.column,
    }
    if not _column(entry):
        return filled(_("Sheet “{sheet}”, row {row} ({name})"), data)
    return filled(_("Sheet “{sheet}”, row {row} ({name}), column “{column}”"), data)
