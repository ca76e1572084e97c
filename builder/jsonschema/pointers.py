"""JSON Pointers (RFC 6901): making, taking apart, and following them. Knows no keyword."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

from schemas.problems import pointer as joined

Json = Any
MISSING: Any = type("Missing", (), {"__repr__": lambda self: "MISSING"})()
_INDEX = re.compile(r"0|[1-9][0-9]{0,8}")


def below(base: str, *tokens: str | int) -> str:
    """Return the pointer of what stands below `base`."""
    return base + joined(*tokens)


def tokens(pointer: str) -> list[str]:
    """Return the unescaped tokens of a pointer; the empty pointer has none."""
    return [t.replace("~1", "/").replace("~0", "~") for t in pointer.split("/")[1:]]


def parent(pointer: str) -> str:
    return pointer.rpartition("/")[0]


def last(pointer: str) -> str:
    found = tokens(pointer)
    return found[-1] if found else ""


def inside(pointer: str, above: str) -> bool:
    """Say whether `pointer` is `above` or stands below it."""
    return pointer == above or pointer.startswith(above + "/")


def follow(value: Json, pointer: str) -> Json:
    """Return what `pointer` names in `value`, or MISSING."""
    for token in tokens(pointer):
        if isinstance(value, dict) and token in value:
            value = value[token]
        elif isinstance(value, list) and _INDEX.fullmatch(token) and int(token) < len(value):
            value = value[int(token)]
        else:
            return MISSING
    return value


def fragment(written: str) -> str:
    """Return the pointer in the fragment of a reference, percent signs undone."""
    return unquote(written)
