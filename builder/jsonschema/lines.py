"""The line of a text of JSON where something stands that Python's reader refuses without saying where."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

_WORD = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+', re.DOTALL)


def of_number(text: str, written: str) -> int:
    """Return the line of the first number, or word of the same rank, that begins with `written`; else 1."""
    found = (at for word, at in _words(text) if word.startswith(written) and not word.startswith('"'))
    return _line(text, next(found, 0))


def of_doubled(text: str, name: str) -> int:
    """Return the line where `name` stands for the second time in one object; else 1."""
    seen: list[set[str]] = []
    before, place = "", 0
    for word, at in _words(text):
        if word in "{[":
            seen.append(set())
        elif word in "}]" and seen:
            seen.pop()
        elif word == ":" and before.startswith('"') and seen and json.loads(before, strict=False) == name:
            if name in seen[-1]:
                return _line(text, place)
            seen[-1].add(name)
        before, place = word, at
    return 1


def _words(text: str) -> Iterator[tuple[str, int]]:
    return ((found[0], found.start()) for found in _WORD.finditer(text))


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
