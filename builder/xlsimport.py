"""A workbook of XLSForm as a document of ours: its questions in the blank service, in the languages it has.

The conversion itself is pure and stands in `builder.xlsform`; here it gets its texts and its frame.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from builder import blank, keys, xlsreport
from builder.schemaimport import OFFICER
from builder.xlsform import Conversion, Verdict, convert, judge, read
from builder.xlsform.ledger import Ledger
from runtime.datasets.sheet import Unreadable

Json = Any


@dataclass(frozen=True)
class Import:
    """What came of a file: a conversion, or why it could not be read; and what pyxform says of it."""

    conversion: Conversion = field(default_factory=lambda: Conversion(None, Ledger()))
    unreadable: Unreadable | None = None
    verdict: Verdict = field(default_factory=Verdict)

    @property
    def document(self) -> dict[str, Json] | None:
        return self.conversion.document


def run(
    content: bytes, *, language: str, title: str = "", role: dict[str, Any] | None = None, judged: bool = True
) -> Import:
    """Convert a file; never raises. `title` counts when the file has none; `judged` asks pyxform, too."""
    try:
        book = read(content)
        verdict = judge.verdict(book) if judged else Verdict()
    except Unreadable as fault:
        return Import(unreadable=fault)
    said = xlsreport.said()
    role = role or {"key": OFFICER, "title": blank.first_role()}
    title = title or xlsreport.untitled(language)
    base = blank.document(key=keys.module_key(title), title=title, role=role)
    made = convert(book, base=base, clerks=language, said=said)
    if made.document is not None:
        named = made.document["title"]
        made.document["key"] = keys.module_key(
            named if isinstance(named, str) else next(iter(named.values()))
        )
    return Import(made, verdict=verdict)
