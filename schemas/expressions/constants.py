"""Text → value, one way for constants in a rule and for answers: strict, exact, never guessing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal

from schemas.expressions.tree import MAX_DIGITS, Instant, Value

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?"
    r"(?:Z|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))"
)


def constant(text: str, wanted: str) -> Value | None:
    """Return the number, date, time or datetime that `text` says, None when it says none."""
    return _READERS[wanted](text)


def number(text: str) -> Decimal | None:
    """Read `-12.50`: a sign, at most 30 digits, at most one point with digits around it."""
    whole, dot, fraction = text.removeprefix("-").partition(".")
    parts = (whole, fraction) if dot else (whole,)
    if not all(part.isascii() and part.isdigit() for part in parts) or len(whole + fraction) > MAX_DIGITS:
        return None
    return Decimal(text)


def day(text: str) -> date | None:
    """Read `2026-09-07`."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def clock(text: str) -> time | None:
    """Read `14:05`, from 00:00 to 23:59."""
    found = _TIME.fullmatch(text)
    return time(int(found[1]), int(found[2])) if found else None


def moment(text: str) -> Instant | None:
    """Read `2026-09-07T14:05+07:00` (seconds may follow, `Z` stands for +00:00)."""
    found = _MOMENT.fullmatch(text)
    on = day(found[1]) if found else None
    if found is None or on is None:
        return None
    ahead = (int(found[6]) * 60 + int(found[7])) * 60 if found[5] else 0
    local = on.toordinal() * 86_400 + int(found[2]) * 3600 + int(found[3]) * 60 + int(found[4] or 0)
    return Instant(local + ahead if found[5] == "-" else local - ahead)


_READERS: Mapping[str, Callable[[str], Value | None]] = {
    "number": number,
    "date": day,
    "time": clock,
    "datetime": moment,
}
