"""One line for each fault that was brought about: what was done, what was told, and what became of it."""

from __future__ import annotations

import json
import os
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

_WIDTHS = (6, 11, 58, 6, 5, 8, 14, 9)
_HEAD = ("fault", "database", "what was done", "told", "lost", "doubled", "gap", "verdict")


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one fault.

    `told` is how much somebody was told had been done, `lost` how much of that is not there, `doubled` how
    much is there more than once. `gap` is how many seconds nobody could work, or something waited, and `most`
    how many are allowed. `wrong` says in words what else is not as it should be; `left_out` why it was not
    tried at all, which is no success; `foreign` why it cannot happen here.
    """

    fault: str
    did: str
    told: int = 0
    lost: int = 0
    doubled: int = 0
    gap: float | None = None
    most: float | None = None
    wrong: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    left_out: str = ""
    foreign: str = ""
    kills: int = 0
    database: str = ""

    @property
    def good(self) -> bool:
        """Whether nothing is wrong; what nobody was told of, or what was not tried, proves nothing."""
        if self.foreign:
            return True
        late = self.gap is not None and self.most is not None and self.gap > self.most
        return bool(self.told and not (self.left_out or self.lost or self.doubled or self.wrong or late))

    @property
    def verdict(self) -> str:
        """The verdict in a word."""
        if self.foreign:
            return "none here"
        return "not tried" if self.left_out else "ok" if self.good else "FAILED"

    def cells(self) -> tuple[str, ...]:
        """Return what stands in the columns."""
        gap = "–" if self.gap is None else f"{self.gap:.1f} s"
        most = "" if self.most is None else f" (≤ {self.most:g})"
        counted = (str(self.told), str(self.lost), str(self.doubled))
        return (self.fault, self.database, self.did, *counted, gap + most, self.verdict)


def say(row: Row) -> str:
    """Return the line of one fault and, below, what else there is to say."""
    lines = [_line(row.cells())]
    more = [*(f"wrong: {words}" for words in row.wrong), *row.notes]
    if row.foreign:
        more.append(row.foreign)
    if row.left_out:
        more.append(f"not tried: {row.left_out}")
    for words in more:
        lines += textwrap.wrap(words, 100, initial_indent=" " * 20, subsequent_indent=" " * 22)
    return "\n".join(lines)


def head() -> str:
    """Return the first lines of the table, with how busy the machine is."""
    busy = " ".join(f"{load:.1f}" for load in os.getloadavg())
    return f"load average {busy}, {os.cpu_count()} cores\n{_line(_HEAD)}\n{'-' * (sum(_WIDTHS) + 16)}"


def _line(cells: Sequence[str]) -> str:
    first, *rest = textwrap.wrap(cells[2], _WIDTHS[2]) or [""]
    cells = (*cells[:2], first, *cells[3:])
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip()]
    return "\n".join(lines + [f"{'':21}{words}" for words in rest])


def keep(rows: Iterable[Row], file: Path) -> None:
    """Write rows down for the process that asked for them."""
    file.write_text(json.dumps([asdict(row) for row in rows]), encoding="utf-8")


def kept(file: Path) -> list[Row]:
    """Return the rows another process has written down."""
    rows = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
    return [Row(**{**row, "wrong": tuple(row["wrong"]), "notes": tuple(row["notes"])}) for row in rows]
