"""What a chip of a letter says: a fact in words, and the filters through which facts and answers go.

Pure beside Django's names of months: to be called with the letter's language switched on.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from django.utils import formats

from runtime.forms.face import mask_digits
from runtime.forms.words import NOTHING, Words
from runtime.letters import numerals

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


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
