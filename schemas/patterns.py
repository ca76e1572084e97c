"""Patterns of JSON Schema (ECMA-262, Unicode) on RE2: whoever wrote one, it costs time linear in the text.

What RE2 cannot do in linear time (looking ahead, back references) is refused, never tried another way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

import re2

BLANK = (
    "\t\n\v\f\r \u00a0\u1680"
    + "".join(map(chr, range(0x2000, 0x200B)))
    + "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""What ECMA-262, and so browsers and patterns, calls white space; Python means other characters."""

_CATEGORIES = {
    "Letter": "L",
    "Lowercase_Letter": "Ll",
    "Uppercase_Letter": "Lu",
    "Mark": "M",
    "Number": "N",
    "Decimal_Number": "Nd",
    "digit": "Nd",
    "Punctuation": "P",
    "Symbol": "S",
    "Separator": "Z",
}
_TOKEN = re.compile(
    r"\\u\{(?P<long>[0-9A-Fa-f]{1,6})\}|\\u(?P<short>[0-9A-Fa-f]{4})|\\c(?P<control>[A-Za-z])"
    r"|\\(?P<negated>[pP])\{(?P<property>[^{}]*)\}|\\(?P<other>.)|(?P<plain>.)",
    re.DOTALL,
)

MEMORY = 8 * 1024 * 1024

_NO_LINE_END = r"[^\n\r\x{2028}\x{2029}]"


def is_blank(text: str) -> bool:
    """Tell whether `text` has nothing but white space: it is no answer."""
    return not text.strip(BLANK)


Search = Callable[[str], bool]


class UnknownPattern(ValueError):
    """A pattern that is no regular expression, or one that could not be searched in linear time."""


@lru_cache(maxsize=1024)
def search(pattern: str, memory: int = MEMORY) -> Search:
    """Return the function that tells whether `pattern` is found somewhere in a text.

    `memory` bounds what it may be made into, and so what making it costs. Raises `UnknownPattern`. The
    end of the text is its very end, not the place before a line break.
    """
    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    options.max_mem = memory
    try:
        found = re2.compile("".join(_translated(pattern)), options=options).search
    except (re2.error, UnicodeEncodeError) as trouble:
        raise UnknownPattern(pattern[:200]) from trouble

    def finds(text: str) -> bool:
        try:
            return found(text) is not None
        except UnicodeEncodeError:  # half of a pair: no text
            return False

    return finds


def _translated(pattern: str) -> Iterator[str]:
    """Yield the parts of `pattern` as RE2 writes them."""
    inside = False
    for token in _TOKEN.finditer(pattern):
        plain = token["plain"]
        if plain is None:
            yield _escape(token, inside)
        elif plain == "[" and inside:
            yield r"\["  # RE2 would look for a class of POSIX here
        elif plain == "." and not inside:
            yield _NO_LINE_END
        else:
            inside = plain == "[" or (inside and plain != "]")
            yield plain


def _escape(token: re.Match[str], inside: bool) -> str:
    if number := token["long"] or token["short"]:
        return f"\\x{{{number}}}"
    if token["control"]:
        return f"\\x{{{ord(token['control']) % 32:x}}}"
    if token["negated"]:
        name = token["property"].split("=")[-1]
        return f"\\{token['negated']}{{{_CATEGORIES.get(name, name)}}}"
    letter = token["other"]
    if letter == "s":
        return BLANK if inside else f"[{BLANK}]"
    if letter == "S" and not inside:
        return f"[^{BLANK}]"
    if letter in "AzZCQEGX":  # RE2's own inventions
        raise UnknownPattern(token[0])
    return "\\x{0}" if letter == "0" else "\\" + letter
