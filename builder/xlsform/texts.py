"""The words of a workbook in the languages that documents are written in here."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from builder.jsonschema import words
from builder.xlsform.columns import Columns, language
from builder.xlsform.ledger import HEADS, Ledger
from builder.xlsform.reading import Row

Json = Any
_REFERENCE = re.compile(r"\$\{\s*([^{}]{1,200}?)\s*\}")
FILLED = ("label", "hint", "guidance_hint")
"""The columns of the survey whose words may hold answers."""
_OPEN, _CLOSE = "\ue010", "\ue011"
HELD = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")
"""What stands for a reference in such words until it is known which questions there are in which order."""
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|\*\*[^*]+\*\*|\]\(")


class Texts:
    """Decides which columns give the words of which language; `known` are the languages there may be.

    References within words that may hold answers are settled by `builder.xlsform.filled` afterwards.
    """

    def __init__(
        self,
        sheets: Sequence[tuple[str, Columns]],
        told: str,
        clerks: str,
        known: Sequence[str],
        ledger: Ledger,
    ) -> None:
        self.ledger = ledger
        self.called: Callable[[str, str], str] = lambda name, _code: words.humanised(name)
        written = list(dict.fromkeys(one for _, columns in sheets for one in columns.languages()))
        first = language(told) if told else ""
        usual = first if first in known else clerks
        self.codes = {one: language(one) if one else usual for one in written}
        if not told and "" in written and usual in [self.codes[one] for one in written if one]:
            free = [code for code in known if code not in self.codes.values()]
            self.codes[""] = free[0] if free else usual
        usable = [one for one in written if self.codes[one] in known]
        if not usable and written:
            taken = next((one for one in written if self.codes[one] == first), written[0])
            self.codes[taken], usable = clerks, [taken]
            self.ledger.look("survey", HEADS, "label", "language.taken_as", language=taken)
        for sheet, columns in sheets:
            for one in columns.languages():
                if one not in usable:
                    self.ledger.without(sheet, HEADS, "label", "language.other", language=one)
        self.order = sorted(usable, key=lambda one: one == "")  # a column with a language counts more
        found = list(dict.fromkeys(self.codes[one] for one in usable)) or [clerks]
        self.languages = sorted(found, key=lambda code: code != (usual if usual in found else clerks))

    def of(self, columns: Columns, row: Row, name: str, sheet: str) -> Json:
        """Return the words of a column: a text, or one for each language; None when there are none."""
        written, found, first = columns.texts(row, name), dict[str, str](), dict[str, str]()
        for one in self.order:
            text, code = words.text(written.get(one)), self.codes[one]
            if text and code not in found:
                found[code] = self._clean(written[one], code, (sheet, row.number, name))
                first[code] = text
            elif text and text != first[code]:
                self.ledger.without(sheet, row.number, name, "text.second", language=one)
        if not found:
            return None
        if len(self.languages) == 1:
            return next(iter(found.values()))
        main = found.get(self.languages[0]) or next(iter(found.values()))
        return {
            code: found.get(code, "") or main
            for code in self.languages
            if code in found or code == self.languages[0]
        }

    def each(self, make: Callable[[str], str]) -> Json:
        """Return words that are made for each language."""
        made = {code: make(code) for code in self.languages}
        return made if len(made) > 1 else next(iter(made.values()))

    def joined(self, *texts: Json) -> Json:
        """Return texts one below the other."""
        there = [text for text in texts if text]
        if len(there) < 2:
            return there[0] if there else None
        return self.each(lambda code: "\n".join(said(text, code) for text in there))

    def _clean(self, text: str, code: str, place: tuple[str, int, str]) -> str:
        if len(text) > words.LONGEST_TEXT:
            self.ledger.without(*place, "text.long", limit=words.LONGEST_TEXT)
        filled = place[0] == "survey" and place[2] in FILLED
        if filled:
            text = _REFERENCE.sub(lambda found: f"{_OPEN}{found[1]}{_CLOSE}", words.text(text))
        elif _REFERENCE.search(text):
            self.ledger.without(*place, "text.reference")
            text = _REFERENCE.sub(lambda found: f"“{self.called(found[1], code)}”", text)
        if _MARKUP.search(text):
            self.ledger.look(*place, "text.markup")
        return text if filled else words.text(text)


def said(text: Json, code: str) -> str:
    """Return a text in one language, else in the first it has."""
    if isinstance(text, dict):
        return text.get(code) or next((one for one in text.values() if one), "")
    return str(text or "")
