"""Whether two values say the same: registers write names in capitals, people as they like."""

from __future__ import annotations

import unicodedata

from schemas.definition import Json


def same(one: Json, other: Json) -> bool:
    """Say whether two canonical values are equal; texts without regard to case and spaces."""
    if isinstance(one, str) and isinstance(other, str):
        return plain(one) == plain(other)
    return bool(type(one) is type(other) and one == other)


def plain(text: str) -> str:
    """Return what counts of a text when it is compared."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
