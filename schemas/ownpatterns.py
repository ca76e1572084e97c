"""What an author may write in a pattern: the part on which ECMA-262, RE2 and other engines agree.

So a pattern gives the same verdict in every JSON Schema validator, and costs little to prepare as well.
"""

from __future__ import annotations

import re

from schemas import patterns

LONGEST = 200
MOST_REPEATS = 500  # all counts {n} of one pattern together
MOST_MEMORY = 256 * 1024

_TOKEN = re.compile(
    r"""(?P<repeat>(?:[*+?]|\{(?P<least>[0-9]{1,4})(?:,(?P<most>[0-9]{0,4}))?\})\??)
    |(?P<anchor>\^|\$|\\[bB])
    |(?P<open>\((?:\?:)?)
    |(?P<close>\))
    |(?P<bar>\|)
    |(?P<set>\[\^?(?:\\[dDwWs^$\\.*+?()\[\]{}|/-]|[^\\\[\]])+\])
    |(?P<escape>\\[dDwWsS^$\\.*+?()\[\]{}|/])
    |(?P<dot>\.)
    |(?P<letter>[^\\\[\]{}()*+?|^$.])""",
    re.VERBOSE,
)
_REPEATABLE = ("close", "set", "escape", "dot", "letter")


class NotAPattern(Exception):
    """The pattern cannot be used; `part` is what cannot be understood, empty when it is too heavy."""

    def __init__(self, part: str = "") -> None:
        super().__init__(part)
        self.part = part


def whole(pattern: str) -> str:
    """Return the JSON Schema pattern of a text that `pattern` describes from its first letter to its last."""
    return f"^(?:{pattern})$"


def check(pattern: str) -> None:
    """Raise `NotAPattern` unless `pattern` means the same everywhere and is cheap."""
    _check_parts(pattern)
    try:
        patterns.search(whole(pattern), MOST_MEMORY)
    except patterns.UnknownPattern as fault:
        heavy = "too large" in str(fault.__cause__)
        raise NotAPattern("" if heavy else pattern) from fault


def fits(pattern: str, text: str) -> bool:
    """Say whether the whole of `text` is what a checked `pattern` describes."""
    return patterns.search(whole(pattern), MOST_MEMORY)(text)


def _check_parts(pattern: str) -> None:
    at, repeats, repeatable = 0, 0, False
    while at < len(pattern):
        found = _TOKEN.match(pattern, at)
        if found is None:
            raise NotAPattern(pattern[at : at + 8])
        if found["repeat"] is not None:
            if not repeatable:
                raise NotAPattern(found[0])
            repeats += max(int(found["least"] or 0), int(found["most"] or 0))
        at, repeatable = found.end(), any(found[kind] is not None for kind in _REPEATABLE)
    if len(pattern) > LONGEST or repeats > MOST_REPEATS:
        raise NotAPattern
