"""What became of every row of the workbook: taken whole, taken without something, or not taken.

A row with reasons about the look alone is taken whole. Reasons are codes; `builder.xlsreport` says them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from builder.jsonschema.ledger import About

Outcome = Literal["whole", "without", "refused"]
OUTCOMES: tuple[Outcome, ...] = ("whole", "without", "refused")
HEADS = 1  # the number of the row with the heads


@dataclass(frozen=True, slots=True)
class Entry:
    """One reason: where it is, whether the whole row is refused for it, whether data or the look suffers."""

    sheet: str
    row: int
    column: str
    reason: str
    refused: bool = False
    about: About = "data"
    data: tuple[tuple[str, str], ...] = ()


class Ledger:
    """Keeps the rows of each sheet and the reasons, in the order in which they came up."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, int], str] = {}
        self._entries: dict[Entry, None] = {}
        self._worst: dict[tuple[str, int], Outcome] = {}

    @property
    def entries(self) -> list[Entry]:
        return list(self._entries)

    def begin(self, sheet: str, row: int, words: str = "") -> None:
        """Enter a row of the workbook; `words` are what people call it."""
        self.rows[sheet, row] = words

    def without(self, sheet: str, row: int, column: str, reason: str, **data: Any) -> None:
        """Name what of a row is left out."""
        self._enter(Entry(sheet, row, column, reason, data=_frozen(data)), "without")

    def look(self, sheet: str, row: int, column: str, reason: str, **data: Any) -> None:
        """Name a wish about the look alone that is not followed."""
        self._enter(Entry(sheet, row, column, reason, about="look", data=_frozen(data)), "whole")

    def refused(self, sheet: str, row: int, column: str, reason: str, **data: Any) -> None:
        """Say that a whole row is not taken; the first reason counts."""
        if self.outcome(sheet, row) != "refused":
            self._enter(Entry(sheet, row, column, reason, refused=True, data=_frozen(data)), "refused")

    def outcome(self, sheet: str, row: int) -> Outcome:
        return self._worst.get((sheet, row), "whole")

    def counted(self, sheet: str) -> dict[Outcome, int]:
        """Count the rows of a sheet by outcome; together they are all its rows."""
        counts = Counter(self.outcome(*row) for row in self.rows if row[0] == sheet)
        return {outcome: counts[outcome] for outcome in OUTCOMES}

    def of(self, kind: Literal["refused", "without", "look"]) -> list[Entry]:
        """Return the reasons of rows not taken, of what is left out, or of looks not followed."""
        return [entry for entry in self._entries if self._kind(entry) == kind]

    def _kind(self, entry: Entry) -> str:
        """Return what an entry counts as; of a row that is not taken only the reason for that matters."""
        if entry.refused:
            return "refused"
        if self.outcome(entry.sheet, entry.row) == "refused":
            return ""
        return "look" if entry.about == "look" else "without"

    def _enter(self, entry: Entry, outcome: Outcome) -> None:
        self._entries.setdefault(entry)
        place = (entry.sheet, entry.row)
        if OUTCOMES.index(outcome) > OUTCOMES.index(self.outcome(*place)):
            self._worst[place] = outcome


def _frozen(data: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value)[:200]) for name, value in data.items())
