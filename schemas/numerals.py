"""Numbers as people in Indonesia write them: 1.000.000 and 2,5; unmistakable English forms are read too."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_PLAIN = re.compile(r"-?\d{1,30}(?:,\d{1,12})?")
_GROUPED = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d{1,12})?")
_POINT = re.compile(r"-?\d{1,30}\.\d{1,12}")
_ENGLISH = re.compile(r"-?\d{1,3}(?:,\d{3}){2,}(?:\.\d{1,12})?|-?\d{1,3}(?:,\d{3})+\.\d{1,12}")
_RUPIAH = re.compile(r"^(?:rp\.?|idr)\s*|\s*(?:,-|,00|,--)$", re.IGNORECASE)


def read(text: str) -> Decimal | None:
    """Return the number in `text`, or None when it is not clearly one.

    A single group after a point is a thousand (1.500), any other point a decimal (1.5).
    """
    tight = re.sub(r"[\s\u00a0\u202f]", "", text)
    if _GROUPED.fullmatch(tight):
        tight = tight.replace(".", "").replace(",", ".")
    elif _PLAIN.fullmatch(tight):
        tight = tight.replace(",", ".")
    elif _ENGLISH.fullmatch(tight):
        tight = tight.replace(",", "")
    elif not _POINT.fullmatch(tight):
        return None
    try:
        return Decimal(tight)
    except InvalidOperation:
        return None


def read_whole(text: str) -> int | None:
    """Return the whole number in `text`; a fraction, even of zeros, is not one."""
    value = read(text)
    if value is None or value != value.to_integral_value() or "," in text.strip():
        value = value if value is not None and _ENGLISH.fullmatch(text.strip()) else None
    elif _POINT.fullmatch(text.strip()) and not _GROUPED.fullmatch(text.strip()):
        value = None
    return int(value) if value is not None and value == value.to_integral_value() else None


def read_rupiah(text: str) -> int | None:
    """Return whole rupiah; `Rp`, `,-` and `,00` around the amount are ignored."""
    bare = text.strip()
    for _turn in range(2):
        bare = _RUPIAH.sub("", bare).strip()
    return read_whole(bare)


def grouped(value: int) -> str:
    """Return a whole number with points between the thousands."""
    return f"{value:,}".replace(",", ".")


def decimal_words(text: str, language: str) -> str:
    """Return a canonical decimal string with the marks of the language."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    english = f"{value:,f}"
    if language == "en":
        return english
    return english.translate(str.maketrans(",.", ".,"))
