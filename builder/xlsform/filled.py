"""References within words: `${question}` becomes a chip where its answer may stand, else what it is called.

Which questions there are, and in which order, is known only after all rows were read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from builder.xlsform.ledger import Ledger
from builder.xlsform.structure import SHEET, Structure
from builder.xlsform.texts import HELD
from builder.xlsform.tree import Node
from schemas import fieldtypes
from schemas.construct.chipped import AGREED, said

Json = Any
_COLUMNS = {"label": "label", "title": "label", "help": "hint", "intro": "hint"}
_BRACES = str.maketrans("{}", "()")


class Fillings:
    """Settles the references within words; `called` says what a question is called in a language."""

    def __init__(self, structure: Structure, ledger: Ledger, called: Callable[[str, str], str]) -> None:
        self.structure, self.ledger, self.called = structure, ledger, called

    def settle(self, made: dict[str, Json], node: Node, language: str) -> None:
        """Put chips, or names of questions, into the words of a page or an item; `language` is the first."""
        names = {name: found for name in _COLUMNS if (found := set(_references(made.get(name))))}
        if not names:
            return
        written = [words for name in _COLUMNS for words in _all(made.get(name))]
        braces = any(set(HELD.sub("", words)) & {"{", "}"} for words in written)
        fits = not braces and made.get("type") not in AGREED
        wanted = set().union(*names.values())
        keys = {name: other.key for name in wanted if fits and (other := self._answered(name, node))}
        for name, found in names.items():
            made[name] = _each(made[name], language, lambda words, code: self._put(words, code, keys))
            if not found <= set(keys):
                self.ledger.without(SHEET, node.row.number, _COLUMNS[name], "text.reference")
        if keys:
            made["chips"] = True

    def _put(self, words: str, code: str, keys: dict[str, str]) -> str:
        def put(found: re.Match[str]) -> str:
            if found[1] in keys:
                return f"{{{keys[found[1]]}}}"
            called = self.called(found[1], code)
            return f"“{called.translate(_BRACES) if keys else called}”"

        return HELD.sub(put, words)

    def _answered(self, name: str, node: Node) -> Node | None:
        """Return the question `name` where its answer is known before these words and can stand in them."""
        found = self.structure.named.get(name)
        if found is None or found.refused or found.kind != "question" or found.at >= node.at:
            return None
        inside = node.rows[: len(found.rows)] == found.rows
        return found if inside and fieldtypes.known(found.type) and said(found.type) else None


def _all(text: Json) -> Iterator[str]:
    yield from text.values() if isinstance(text, dict) else [text] if isinstance(text, str) else []


def _references(text: Json) -> Iterator[str]:
    for words in _all(text):
        yield from HELD.findall(words)


def _each(text: Json, language: str, change: Callable[[str, str], str]) -> Json:
    if isinstance(text, dict):
        return {code: change(words, code) for code, words in text.items()}
    return change(text, language)
