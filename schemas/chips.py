"""Texts with words to be filled in: chips that name it and, in letters, emphasis.

A chip is `{name}` or `{name|filter|filter}`; a name with a dot is one of the case, the letter, the office
or the signer, any other is a question. Two stars on each side make bold, one italic, two underscores
underlined; a mark that is not closed is what it is. Nothing of this is ever evaluated, and what is filled
in is not read again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

FILTERS = frozenset({"upper", "title", "words", "rupiah", "roman", "mask", "day"})
"""upper, title: letters; words: a number in words; rupiah, roman: a number; mask: hides the most of it;
day: a date with its day of the week."""
REASON = "letter.reason"
"""What was written as the reason with the step that issues the letter."""
FACTS = frozenset(
    {
        *("case.reference", "case.number", "case.submitted", "case.applicant"),
        *("letter.title", "letter.number", "letter.date", "letter.valid_until", REASON),
        *("office.name", "office.above", "office.address", "region.name", "service.title"),
        *("signer.name", "signer.title"),
    }
)
_CHIP = re.compile(r"\{([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)?)((?:\|[a-z]+)*)\}")
_BRACED = re.compile(r"\{([^{}]*)\}")
_BRACE = re.compile(r"[{}]")
BESIDE = 12
_MARK = re.compile(r"(\*\*|\*|__)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
Say = Callable[["Chip"], str]
_STYLES = {"**": "bold", "*": "italic", "__": "underline"}


@dataclass(frozen=True, slots=True)
class Chip:
    """What is filled in, and through which filters, in their order."""

    name: str
    filters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """Words or a chip, and how they are set: some of bold, italic, underline."""

    content: str | Chip
    styles: frozenset[str] = frozenset()


def runs(text: str) -> tuple[Run, ...]:
    """Return the runs of a text, in order; together they say all of it."""
    return tuple(_marked(text, frozenset()))


def chips(text: str) -> tuple[Chip, ...]:
    """Return the chips of a text, in order."""
    return tuple(_chip(match) for match in _CHIP.finditer(text))


def filled(text: str, say: Say) -> str:
    """Return a text with what `say` makes of each chip in its place; that is not read again."""
    return _CHIP.sub(lambda match: say(_chip(match)), text)


def bare(text: str) -> str:
    """Return a text without its marks and without what is filled in."""
    return " ".join("".join(run.content for run in runs(text) if isinstance(run.content, str)).split())


def stray(text: str) -> str:
    """Return what stands in braces and is no chip, "" for nothing: it would be printed with its braces.

    A brace that is alone is told with the words beside it.
    """
    left = _CHIP.sub("", text)
    held = _BRACED.search(left)
    if held is not None:
        return held[1].strip() or held[0]
    alone = _BRACE.search(left)
    return left[max(alone.start() - BESIDE, 0) : alone.end() + BESIDE].strip() if alone else ""


def _marked(text: str, styles: frozenset[str]) -> Iterator[Run]:
    at = 0
    for match in _MARK.finditer(text):
        yield from _filled(text[at : match.start()], styles)
        yield from _marked(match[2], styles | {_STYLES[match[1]]})
        at = match.end()
    yield from _filled(text[at:], styles)


def _filled(text: str, styles: frozenset[str]) -> Iterator[Run]:
    at = 0
    for match in _CHIP.finditer(text):
        if match.start() > at:
            yield Run(text[at : match.start()], styles)
        yield Run(_chip(match), styles)
        at = match.end()
    if at < len(text):
        yield Run(text[at:], styles)


def _chip(match: re.Match[str]) -> Chip:
    return Chip(match[1], tuple(name for name in match[2].split("|") if name))
