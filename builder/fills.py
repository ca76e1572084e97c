"""What the texts of a document fill in, in words: it is written {reference}, and people read {case number}.

Notices and number series know tokens; letters know facts, answers, and how each is written; words of a form
that are marked know answers. Words in braces that name none of these are somebody's own and stay. The
editor's script does the same while somebody writes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

TOKENS: dict[str, Any] = {
    "reference": _("case number"),
    "service": _("name of the service"),
    "status": _("status"),
    "link": _("link to the case"),
    "note": _("the officer's note"),
    "number": _("number given"),
    "office": _("office"),
    "month_roman": _("month in Roman numerals"),
    "month": _("month"),
    "year": _("year"),
}
WORDS = "words"
FACTS: dict[str, Any] = {
    "letter.number": _("number of the letter"),
    "letter.date": _("date of the letter"),
    "letter.valid_until": _("valid until"),
    "letter.title": _("title of the letter"),
    "letter.reason": _("reason for the decision"),
    "service.title": _("name of the service"),
    "case.applicant": _("name of the applicant"),
    "case.reference": _("application number"),
    "case.number": _("number given to the application"),
    "case.submitted": _("date of the application"),
    "office.name": _("name of the office"),
    "office.above": _("office above"),
    "office.address": _("address of the office"),
    "region.name": _("name of the region"),
    "signer.name": _("name of the signer"),
    "signer.title": _("title of the signer"),
}
FORMATS: dict[str, Any] = {
    "upper": _("CAPITALS"),
    "title": _("First Letters Large"),
    "words": _("in words"),
    "rupiah": _("Rupiah"),
    "roman": _("Roman numeral"),
    "mask": _("most of it hidden"),
    "day": _("with the day of the week"),
}
_CHIP = re.compile(r"\{([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)?)((?:\|[a-z]+)*)\}")
_SPOKEN = re.compile(r"\{([^{}]+)\}")
_UNREADABLE = re.compile(r"[{}|\s]+")


def section(pointer: str, holder: Any = None) -> str:
    """Return what decides which names a text at `pointer` knows: the part of the document it stands in.

    On pages it is what the text belongs to, `holder`: "words" where that fills in answers.
    """
    first, _slash, below = pointer.removeprefix("/").partition("/")
    if first == "pages" and isinstance(holder, dict) and holder.get("chips"):
        return WORDS
    return "registers" if below.startswith("registers/") else first


def spoken(text: str, where: str, titles: Mapping[str, str]) -> str:
    """Return a text of the section `where` as people read it; `titles` are the words of questions by key."""
    known = _known(where, titles)

    def said(found: re.Match[str]) -> str:
        hows = [one for one in found[2].split("|") if one]
        if found[1] not in known or (hows and where != "letters"):
            return found[0]
        return "{" + " | ".join([known[found[1]], *(str(FORMATS.get(how, how)) for how in hows)]) + "}"

    return _CHIP.sub(said, text) if known else text


def written(text: str, where: str, titles: Mapping[str, str]) -> str:
    """Return a text that people have written as the document writes it: the other way round."""
    names = {_folded(words): name for name, words in _known(where, titles).items()}
    formats = {_folded(str(words)): name for name, words in FORMATS.items()}

    def meant(found: re.Match[str]) -> str:
        first, *hows = (part.strip() for part in found[1].split("|"))
        if _folded(first) not in names or (hows and where != "letters"):
            return found[0]
        told = [formats.get(_folded(how), how) for how in hows]
        return "{" + "|".join([names[_folded(first)], *told]) + "}"

    return _SPOKEN.sub(meant, text)


def _known(where: str, titles: Mapping[str, str]) -> dict[str, str]:
    """Return the words of every name that a section knows, without those that would not tell two apart."""
    if where in ("messages", "registers"):
        return {name: str(words) for name, words in TOKENS.items()}
    if where not in ("letters", WORDS):
        return {}
    facts = FACTS if where == "letters" else {}
    found = {name: _plain(words) for name, words in titles.items()} | {
        name: str(words) for name, words in facts.items()
    }
    alike = Counter(_folded(words) for words in found.values())
    return {name: words for name, words in found.items() if words and alike[_folded(words)] == 1}


def _plain(words: str) -> str:
    return _UNREADABLE.sub(" ", words).strip()


def _folded(words: str) -> str:
    return _plain(words).lower()
