"""Numbers in words, in Roman figures and as rupiah."""

from __future__ import annotations

from decimal import Decimal

import pytest

from runtime.letters import numerals


class TestWords:
    @pytest.mark.parametrize(
        ("number", "indonesian", "english"),
        [
            (0, "nol", "zero"),
            (11, "sebelas", "eleven"),
            (19, "sembilan belas", "nineteen"),
            (40, "empat puluh", "forty"),
            (100, "seratus", "one hundred"),
            (121, "seratus dua puluh satu", "one hundred and twenty-one"),
            (1000, "seribu", "one thousand"),
            (1001, "seribu satu", "one thousand and one"),
            (11_000, "sebelas ribu", "eleven thousand"),
            (1_001_000, "satu juta seribu", "one million one thousand"),
            (
                1_250_000,
                "satu juta dua ratus lima puluh ribu",
                "one million two hundred and fifty thousand",
            ),
            (10**17 + 1, "seratus kuadriliun satu", "one hundred quadrillion and one"),
            (10**18, "1000000000000000000", "1000000000000000000"),
            (-7, "minus tujuh", "minus seven"),
            (Decimal("2.50"), "dua koma lima", "two point five"),
            (Decimal("0.05"), "nol koma nol lima", "zero point zero five"),
            (Decimal("3.00"), "tiga", "three"),
        ],
    )
    def test_are_those_of_the_language(self, number: numerals.Number, indonesian: str, english: str) -> None:
        assert (numerals.words(number, "id"), numerals.words(number, "en")) == (indonesian, english)


class TestFigures:
    @pytest.mark.parametrize(
        ("number", "roman"), [(9, "IX"), (2026, "MMXXVI"), (3999, "MMMCMXCIX"), (0, "0"), (4000, "4000")]
    )
    def test_are_roman_where_there_are_such(self, number: int, roman: str) -> None:
        assert numerals.roman(number) == roman
        assert numerals.roman(Decimal("1.5")) == "1.5"

    def test_of_rupiah_have_sen(self) -> None:
        assert numerals.rupiah(1_250_000) == "Rp1.250.000,00"
        assert numerals.rupiah(Decimal("0.5")) == "Rp0,50"
