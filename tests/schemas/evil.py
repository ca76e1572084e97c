"""Patterns that make backtracking engines run for years, and what each is tried on."""

from __future__ import annotations

LENGTH = 100_000

_CORES = (
    "(a+)+",
    "(a*)*",
    "(a|a)*",
    "(a|aa)+",
    "(a|a?)+",
    "(.*)*",
    "(.*a){20}",
    "(a?){50}a{50}",
    "a*a*a*a*a*a*b",
    "(a+){10}",
    "([a-z]+)*",
    "([a-zA-Z]+)*",
    "(\\w+\\s?)+",
    "(\\w*\\w*)*",
    "(a|b|ab)*c",
    "((a{0,9}){0,9}){0,9}",
    "(x+x+)+y",
)
PATTERNS = tuple(pattern for core in _CORES for pattern in (f"^{core}$", f"^{core}!$", f"{core}!"))
"""51 patterns: anchored, anchored with an end that fails, searched for."""

UNSAFE = (
    *("(?=a)a", "(?!a)b", "(?<=a)b", "(?<!a)b", "(a)\\1", "(?>a+)b", "a++b"),
    *("(", "[", "a{2,1}", "*", "\\"),
)


def text(pattern: str) -> str:
    """Return a long text that nearly matches."""
    return ("x" if "x" in pattern else "a") * LENGTH
