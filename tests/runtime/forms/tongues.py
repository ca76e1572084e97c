"""Finds sentences of the other language on a page, by the catalogues of the whole site."""

from __future__ import annotations

import gettext
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[3]
PLACE = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%[sd]")
FEWEST = 8
"""So many letters of its own a sentence with places must have: fewer would be found in anything."""

WORDS = """() => {
  const found = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const around = walker.currentNode.parentElement;
    const own = around.closest("[lang]") === document.documentElement; // a word of the other says so
    if (own && !around.closest("script, style")) found.push(walker.currentNode.data);
  }
  for (const part of document.querySelectorAll("*")) {
    for (const { name, value } of part.attributes) {
      if (["aria-label", "placeholder", "title", "alt"].includes(name)) found.push(value);
      else if (name.startsWith("data-") && / /.test(value) && !/^[[{]/.test(value)) found.push(value);
    }
  }
  return found.map((text) => text.replace(/\\s+/g, " ").trim()).filter(Boolean);
}"""
"""Returns every text of a page, shown or not: of nodes, and of attributes read out or shown later."""


def foreign(texts: list[str], language: str) -> list[str]:
    """Return those of `texts` that the site says in the other of its two languages."""
    known, pattern = _sentences("en" if language == "id" else "id")
    return [text for text in texts if text in known or pattern.fullmatch(text)]


@cache
def _sentences(language: str) -> tuple[frozenset[str], re.Pattern[str]]:
    """Return the sentences only `language` has: as they are, and those with places in them as a pattern."""
    pairs = set(_pairs())
    own, others = ({pair[at] for pair in pairs} for at in ((0, 1) if language == "en" else (1, 0)))
    mine = {sentence for sentence in own - others if sentence}
    plain = frozenset(sentence for sentence in mine if not PLACE.search(sentence))
    patterns = [
        ".+".join(map(re.escape, pieces))
        for sentence in mine - plain
        if len("".join(pieces := PLACE.split(sentence)).strip()) >= FEWEST
    ]
    return plain, re.compile("|".join(patterns), re.DOTALL)


def _pairs() -> list[tuple[str, str]]:
    """Return every sentence of every catalogue, in English and in Indonesian."""
    found = []
    for path in (
        *ROOT.glob("runtime/*/locale/id/LC_MESSAGES/*.mo"),
        *ROOT.glob("cms/locale/id/LC_MESSAGES/*.mo"),
    ):
        with path.open("rb") as file:
            catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
        for source, said in catalogue.items():
            words = source[0] if isinstance(source, tuple) else source
            pair = (words.rpartition("\x04")[2], said)
            found.append((" ".join(pair[0].split()), " ".join(pair[1].split())))
    return found
