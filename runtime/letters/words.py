"""What a chip says: an answer or a fact in words, and the filters through which it goes.

Pure beside Django's names of months: to be called with the letter's language switched on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils import formats

from runtime.forms import fields as registry
from runtime.forms.face import Circumstances, mask_digits
from runtime.letters import numerals
from schemas import walk
from schemas.definition import Field, Json
from schemas.fieldtypes import money

NOTHING = "-"
LONGEST_WORD = 30
MAY_BREAK = "\u200b"
_FOUR = re.compile(r"\S{4}(?=\S)")
_SHAPELESS = ("Cc", "Cs", "Co", "Cn")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NUMBERS = frozenset({"integer", "number", "rating"})
_TURNING = dict.fromkeys(map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
"""Marks that turn the order of letters around: on paper nobody sees them, so none may stand in a letter."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is filled in: as it is said, and as a number or a day where it is one."""

    text: str
    number: numerals.Number | None = None
    day: date | None = None
    hidden: str = ""


def printable(text: str, *, longest: int = LONGEST_WORD) -> str:
    """Return a text without characters that have no shape, its lines ended alike; a tab is a space.

    In words of more than `longest` characters a line may end after every fourth.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").translate(_TURNING)
    kept = "".join(each for each in text if each == "\n" or unicodedata.category(each) not in _SHAPELESS)
    return re.sub(rf"\S{{{longest + 1},}}", lambda found: _FOUR.sub(f"\\g<0>{MAY_BREAK}", found[0]), kept)


def of_answer(question: Field, answer: Json, around: Circumstances) -> Words:
    """Return an answer as it stands in a letter, a dash for none."""
    if walk.is_empty(answer):
        return Words(NOTHING)
    face = registry.face(question.type)
    text = face.letter(question, answer, around)
    masked = face.mask(face.say(question, answer, around))
    hidden = masked if masked != text else mask_digits(text)
    return Words(text, _number(question, answer), _day(question, answer), hidden)


def of_fact(fact: str | date | int) -> Words:
    """Return a fact of the case, the letter, the office or the signer, a dash for none."""
    if isinstance(fact, date):
        return Words(said_day(fact), day=fact)
    if isinstance(fact, int):
        return Words(str(fact), number=fact)
    return Words(fact.strip() or NOTHING)


def said_day(day: date) -> str:
    """Return a day in words: 7 September 2026."""
    return formats.date_format(day, "j F Y")


def filtered(words: Words, names: tuple[str, ...], language: str) -> str:
    """Return `words` after the filters `names`, in their order.

    One that does not fit changes nothing, nor does one that there is not, as in a draft with faults.
    """
    for name in names:
        words = _FILTERS.get(name, _kept)(words, language)
    return words.text


def _number(question: Field, answer: Json) -> numerals.Number | None:
    try:
        if question.type == "money":
            return Decimal(answer).scaleb(-money.PLACES[money.currency(question)])
        return Decimal(str(answer)) if question.type in _NUMBERS else None
    except InvalidOperation:
        return None


def _day(question: Field, answer: Json) -> date | None:
    return date.fromisoformat(str(answer)[:10]) if question.type in ("date", "datetime") else None


def _kept(words: Words, _language: str) -> Words:
    return words


def _titled(words: Words, _language: str) -> Words:
    return replace(words, text=_WORD.sub(lambda found: found[0].capitalize(), words.text))


def _numeral(say: Callable[[numerals.Number, str], str]) -> Callable[[Words, str], Words]:
    def change(words: Words, language: str) -> Words:
        return words if words.number is None else replace(words, text=say(words.number, language))

    return change


def _masked(words: Words, _language: str) -> Words:
    return Words(words.text if words.text == NOTHING else words.hidden or mask_digits(words.text))


def _weekday(words: Words, _language: str) -> Words:
    return words if words.day is None else replace(words, text=formats.date_format(words.day, "l, j F Y"))


_FILTERS: dict[str, Callable[[Words, str], Words]] = {
    "upper": lambda words, _language: replace(words, text=words.text.upper()),
    "title": _titled,
    "words": _numeral(numerals.words),
    "rupiah": _numeral(lambda number, _language: numerals.rupiah(number)),
    "roman": _numeral(lambda number, _language: numerals.roman(number)),
    "mask": _masked,
    "day": _weekday,
}
