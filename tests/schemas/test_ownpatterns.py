"""Patterns of authors: what they may say, that they mean the same everywhere, and that none can stop us."""

from __future__ import annotations

import re

import pytest

from schemas import fieldtypes, ownpatterns, validator
from schemas.definition import Field, Text
from tests.bounded import bounded

EVIL = [
    *("(a+)+$", "^(a+)+$", "(a|a)*$", "(a|aa)+$", "(.*a){20}", "(a*)*b", "([a-z]+)*!", "(x+x+)+y", "(.*)*"),
    *("a?a?a?a?a?a?a?a?a?aaaaaaaaa", "(a{1,100}){1,3}b", "(\\s*\\S*)*!", "(?:a|b|ab)*c"),
    *("^(([a-z])+.)+[A-Z]([a-z])+$", "(\\w+\\s?)*$", "(a+){10}", "([a-zA-Z]+)*$", "(\\d+)*x", "(.+)+x"),
    *("((a+)b?)+$", "(a|b|c|d|e|f)*g", "(([^b])*)*c", "[\\s\\w]+(a+)+$", ".*.*.*.*.*.*x", "(.?){200}x"),
    *("(\\.|.)*$", "(1|1)*2", "(aa*)*b", "(a*a*)*b", "(a*){8}b"),
]
EVIL += [f"({'a?' * count}){'a' * count}" for count in range(1, 21)]


def question(pattern: str, **more: int) -> Field:
    return Field("x", "pattern", Text(()), settings={"pattern": pattern, **more})


def accepts(pattern: str, value: object) -> bool:
    schema = fieldtypes.get("pattern").answer_schema(question(pattern))
    assert schema is not None
    return not any(validator.errors(validator.build(schema), value))


class TestT16:
    """No pattern of an author can hold up the server."""

    def test_judges_50_evil_patterns_over_100_kilobytes(self) -> None:
        assert len(EVIL) == 50
        text = "a" * 100_000 + "!"
        checkers = [validator.build(fieldtypes.get("pattern").answer_schema(question(p)) or {}) for p in EVIL]
        with bounded():
            verdicts = [next(validator.errors(checker, text), None) is None for checker in checkers]
        assert not any(verdicts)

    def test_is_linear_even_without_the_limit_of_length(self) -> None:
        text = "a" * 100_000 + "!"
        for pattern in EVIL:
            ownpatterns.check(pattern)
            with bounded():
                ownpatterns.fits(pattern, text)

    @pytest.mark.parametrize(
        "pattern",
        ["|".join(["a{1,500}"] * 20), "((a{1,100}){1,10}|b{1,400})", "(((a{9}){9}){9}){9}", "a" * 201,
         "[\\s]{200}|[\\S]{250}", "(" * 100 + ")" * 100, "a{9999}", "(\\S{40}){9}|(\\s{50}){9}"],
    )  # fmt: skip
    def test_decides_about_heavy_ones_within_bounds(self, pattern: str) -> None:
        with bounded():
            list(fieldtypes.get("pattern").problems(question(pattern), ""))


class TestCheck:
    @pytest.mark.parametrize(
        "pattern",
        [*("a(?=b)", "a(?!b)", "(?<=a)b", r"(a)\1", "(?i)a", "(?P<n>a)", "(?<n>a)", "[[:alpha:]]", r"\pL"),
         *(r"\p{L}", r"\Qa\E", r"\Aa", r"a\z", "a**", "a++", "a{2}{3}", "^*", "*a", "a{", "a]", "[]", "[^]"),
         *("[a-\\d]", "[z-a]", "(", "a)", "a{3,2}", "a\\", r"\-", r"\x41", r"\u0041", r"[\b]", r"[\S]")],
    )  # fmt: skip
    def test_refuses_what_others_read_differently_or_not_at_all(self, pattern: str) -> None:
        with pytest.raises(ownpatterns.NotAPattern) as refused:
            ownpatterns.check(pattern)
        assert refused.value.part

    @pytest.mark.parametrize("pattern", ["a{501}", "a{300}b{300}", "x" * 201])
    def test_refuses_what_is_too_heavy(self, pattern: str) -> None:
        with pytest.raises(ownpatterns.NotAPattern) as refused:
            ownpatterns.check(pattern)
        assert refused.value.part == ""


class TestFits:
    @pytest.mark.parametrize(
        ("pattern", "yes", "no"),
        [
            ("a|bc", ["a", "bc"], ["ac", "abc", "b", ""]),
            ("[A-Z]{2}-[0-9]{4}", ["AB-1234"], ["AB-1234\n", "AB-12345", "ab-1234", "AB-１２３４"]),
            (r"\d+", ["12"], ["٣", ""]),
            (r"a\sb", ["a b", "a\u00a0b", "a\ufeffb", "a\u2028b"], ["ab", "a\x1cb"]),
            (r"\S", ["a", "\x1c", "😀"], [" ", "\u3000"]),
            (r"[\\s]", ["\\", "s"], [" "]),
            ("a.b", ["axb", "a\tb"], ["a\nb", "a\rb", "a\u2029b"]),
            (r"\(0\d{2}\)\/x", ["(021)/x"], ["021/x"]),
            ("(?:Rp )?[1-9]", ["Rp 5", "5"], ["Rp5"]),
            ("", [""], ["a"]),
        ],
    )
    def test_means_the_whole_text(self, pattern: str, yes: list[str], no: list[str]) -> None:
        assert [text for text in yes if not ownpatterns.fits(pattern, text)] == []
        assert [text for text in no if ownpatterns.fits(pattern, text)] == []

    def test_says_no_to_text_that_was_never_unicode(self) -> None:
        assert not ownpatterns.fits(".", "\ud800")

    @pytest.mark.parametrize("pattern", [r"[A-Z]{1,3}/[0-9]{1,4}", "a|bc", "(ab)+c?", "[^0-9]+"])
    def test_agrees_with_a_validator_that_reads_only_the_schema(self, pattern: str) -> None:
        schema = fieldtypes.get("pattern").answer_schema(question(pattern)) or {}
        for text in ("", "A/1", "ABC/1234", "a", "bc", "abab", "ababc", "x y", "A/1\n", "9"):
            outside = re.search(schema["pattern"].removesuffix("$") + r"\Z", text) is not None and text != ""
            assert accepts(pattern, text) is outside, text
