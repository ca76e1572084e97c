"""What is English on an Indonesian page, told in three ways, none of which knows a list of pages.

A lookup that finds no Indonesian words is noted while a page is made. A text that stands in a catalogue
as an original, and nowhere as a translation, is English wherever it came from. So is one that holds
words that bind every English sentence and no Indonesian one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.utils.translation import get_language
from django.utils.translation.trans_real import DjangoTranslation

from cms.management.commands.texts import _catalogues
from cms.words import packages, sources

BINDING = re.compile(
    r"\b(the|this|that|these|those|your|you|with|from|have|has|are|and|been|please|not|which|"
    r"cannot|should|were|will|their|they|there|for|of|or|is|was)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|<[^>]+>")
_WORD = re.compile(r"[A-Za-z]{3,}")
# Asked for by django_filters when it names a way to compare, and thrown away.
UNSHOWN = frozenset({"exact"})
# What is in the database, not in the code: what Wagtail and Django write there when they are set up. Only
# whoever runs the installation sees it.
DATA = re.compile(r"Welcome to your new Wagtail site!|^Inti Wagtail \| ")
# The name that a language has for itself, where one is chosen.
ITSELF = frozenset({"English"})


@contextmanager
def noted(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """Note each text that is looked up in Indonesian and has none.

    One that is Indonesian already needs none: the database keeps some names in the language it was filled in.
    """
    found: set[str] = set()
    words = {text for one in packages.shown().values() for text in _words(one)}
    plain, counted = DjangoTranslation.gettext, DjangoTranslation.ngettext

    def note(catalogue: DjangoTranslation, text: str) -> None:
        ours = catalogue.to_language() == get_language() == packages.LANGUAGE  # type: ignore[no-untyped-call]
        known = packages.has(catalogue, text) or _normal(text) in words
        if ours and text.strip() and text not in UNSHOWN and not known:
            found.add(text)

    def gettext(self: DjangoTranslation, message: str) -> str:
        note(self, message)
        return plain(self, message)

    def ngettext(self: DjangoTranslation, one: str, many: str, n: float) -> str:
        note(self, one)
        return counted(self, one, many, n)  # type: ignore[no-any-return]

    with monkeypatch.context() as patch:
        patch.setattr(DjangoTranslation, "gettext", gettext)
        patch.setattr(DjangoTranslation, "ngettext", ngettext)
        yield found


class Judge:
    """Knows every English original and every Indonesian word of all catalogues."""

    def __init__(self) -> None:
        shown = packages.shown()
        words = {text for one in shown.values() for text in _words(one)}
        originals = {text.rpartition("\x04")[2] for text in _originals()} - words
        self.plain = {_normal(text) for text in originals if not _PLACE.search(text)} - words
        filled = [text for text in originals if _PLACE.search(text) and len(_WORD.findall(_bare(text))) > 1]
        # Most texts lack the longest piece between two places: looking for it first spares the pattern.
        self.filled = [(max(_pieces(text), key=len), re.compile(_pattern(text))) for text in filled]

    def english(self, texts: set[str]) -> set[str]:
        """Return those of the texts that are English."""
        return {text for text in texts - ITSELF if self._is(text)}

    def _is(self, text: str) -> bool:
        if len(text) == 1 or DATA.search(text):
            return False
        if text in self.plain or BINDING.search(text):
            return True
        return any(piece in text and one.fullmatch(text) for piece, one in self.filled)


def _words(catalogue: Any) -> Iterator[str]:
    yield from (_normal(text) for _key, text in catalogue._catalog.items() if isinstance(text, str))


def _originals() -> Iterator[str]:
    for name in packages.names():
        for texts in packages.said(name).texts.values():
            yield from texts
    for path in _catalogues():
        yield from sources.keys_of_catalogue(path)


def _normal(text: str) -> str:
    return " ".join(text.split())


def _bare(text: str) -> str:
    return _PLACE.sub(" ", text)


def _pieces(text: str) -> list[str]:
    return _PLACE.split(_normal(text))


def _pattern(text: str) -> str:
    return ".+?".join(re.escape(piece) for piece in _pieces(text))
