"""Patterns: as ECMA-262 reads them, and never slow (T16)."""

from __future__ import annotations

import pytest

from schemas import patterns
from tests.bounded import bounded
from tests.schemas import evil


class TestSearch:
    """`patterns.search`."""

    @pytest.mark.parametrize(
        ("pattern", "text", "found"),
        [
            ("^[0-9]{16}$", "3671234567890123", True),
            ("^[0-9]{16}$", "3671234567890123\n", False),
            ("^\\d$", "৪", False),
            ("\\w", "é", False),
            ("^\\W$", "é", True),
            ("\\S", "\u00a0\ufeff\u2003", False),
            ("^[\\s]$", "\u2028", True),
            ("^\\s$", "\u0085", False),
            ("^\\S$", "\u0085", True),
            ("^\\p{Letter}+$", "Ñandú", True),
            ("^\\p{Script=Latin}$", "a", True),
            ("^\\P{Lu}$", "A", False),
            ("^\\u00e9\\u{1F30B}$", "é\U0001f30b", True),
            ("^\\cJ$", "\n", True),
            ("^[[]$", "[", True),
            ("^\\$\\.\\/$", "$./", True),
            ("^a\\0b$", "a\0b", True),
            (".", "\ud800", False),
            ("^.$", "\r", False),
            ("^.$", "\u2028", False),
            ("^[.]$", ".", True),
        ],
    )
    def test_reads_as_ecmascript(self, pattern: str, text: str, found: bool) -> None:
        assert patterns.search(pattern)(text) is found

    @pytest.mark.parametrize("pattern", evil.UNSAFE)
    def test_refuses_what_is_no_pattern_or_cannot_be_linear(self, pattern: str) -> None:
        with pytest.raises(patterns.UnknownPattern):
            patterns.search(pattern)

    def test_T16_answers_51_evil_patterns_on_100_kilobytes(self) -> None:
        assert len(evil.PATTERNS) > 50
        with bounded():  # one of them would keep a backtracking engine for ever
            for pattern in evil.PATTERNS:
                patterns.search(pattern)(evil.text(pattern))
