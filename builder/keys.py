"""Names for machines, proposed once from words for people. Nobody types a key."""

from __future__ import annotations

import re
from collections.abc import Collection

from django.utils.text import slugify

LONGEST = 40
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def module_key(title: str) -> str:
    """Return a key in the form `[a-z][a-z0-9-]*` that resembles `title`."""
    key = slugify(title).replace("_", "-").strip("-")
    if not key[:1].isalpha():
        key = f"layanan-{key}".rstrip("-")
    return key[:LONGEST].rstrip("-")


def question_key(words: str) -> str:
    """Return a key in the form `[a-z][a-z0-9_]*` that resembles `words`, which may be `namesLikeThis`."""
    key = re.sub(r"_+", "_", slugify(_HUMP.sub(" ", words)).replace("-", "_")).strip("_")
    if not key[:1].isalpha():
        key = f"q_{key}".rstrip("_")
    return key[:LONGEST].rstrip("_")


def option_value(words: str) -> str:
    """Return the value of an option, in the form `[A-Za-z0-9][A-Za-z0-9_.+-]*`, that resembles `words`."""
    return slugify(words).strip("-_")[:LONGEST].strip("-_") or "o"


def free(wanted: str, taken: Collection[str], *, joint: str = "_") -> str:
    """Return `wanted`, or the first of `wanted` 2, 3, … that is not taken."""
    key, number = wanted, 1
    while key in taken:
        number += 1
        ending = f"{joint}{number}"
        key = wanted[: LONGEST - len(ending)].rstrip("-_") + ending
    return key
