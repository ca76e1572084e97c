"""An answer in words, as it stands within a text: in a letter, and in the words of a form.

Pure beside Django's names of months: to be called with the language of the text switched on.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from runtime.forms import fields as registry
from runtime.forms.face import Circumstances, mask_digits
from schemas import walk
from schemas.definition import Field, Json
from schemas.fieldtypes import money

NOTHING = "-"
LONGEST_WORD = 30
MAY_BREAK = "\u200b"
_FOUR = re.compile(r"\S{4}(?=\S)")
_SHAPELESS = ("Cc", "Cs", "Co", "Cn")
_NUMBERS = frozenset({"integer", "number", "rating"})
_TURNING = dict.fromkeys(map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
"""Marks that turn the order of letters around: nobody sees them, so none may stand in the words of others."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is filled in: as it is said, and as a number or a day where it is one."""

    text: str
    number: int | Decimal | None = None
    day: date | None = None
    hidden: str = ""


def shaped(text: str) -> str:
    """Return a text without characters that have no shape, its lines ended alike; a tab is a space."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").translate(_TURNING)
    return "".join(each for each in text if each == "\n" or unicodedata.category(each) not in _SHAPELESS)


def printable(text: str, *, longest: int = LONGEST_WORD) -> str:
    """Return a text as it may be printed: `shaped`, and a line may end within words of more than `longest`.

    It may after every fourth character.
    """
    return re.sub(
        rf"\S{{{longest + 1},}}", lambda found: _FOUR.sub(f"\\g<0>{MAY_BREAK}", found[0]), shaped(text)
    )


def of_answer(question: Field, answer: Json, around: Circumstances, *, printed: bool = True) -> Words:
    """Return an answer as it stands in a text, printed or on a screen; a dash for none."""
    if walk.is_empty(answer):
        return Words(NOTHING)
    face = registry.face(question.type)
    said = face.say(question, answer, around)
    text, masked = face.letter(question, answer, around) if printed else said, face.mask(said)
    hidden = masked if masked != text else mask_digits(text)
    return Words(text, _number(question, answer), _day(question, answer), hidden)


def _number(question: Field, answer: Json) -> int | Decimal | None:
    try:
        if question.type == "money":
            return Decimal(answer).scaleb(-money.PLACES[money.currency(question)])
        return Decimal(str(answer)) if question.type in _NUMBERS else None
    except InvalidOperation:
        return None


def _day(question: Field, answer: Json) -> date | None:
    return date.fromisoformat(str(answer)[:10]) if question.type in ("date", "datetime") else None
