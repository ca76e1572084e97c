"""What stands in braces in a letter and is nothing that is filled in would be printed with its braces."""

from __future__ import annotations

import pytest

from schemas import chips


class TestStray:
    @pytest.mark.parametrize(
        "text", ["", "Nama: {nama}", "**{nama|upper}** {letter.date|day}", "pukul 8 (pagi) [asli] <resmi>"]
    )
    def test_finds_nothing_in_chips_and_words(self, text: str) -> None:
        assert chips.stray(text) == ""

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("{nama}, anak dari {Nama ibu}", "Nama ibu"),
            ("{ nama }", "nama"),
            ("{Nama | HURUF BESAR}", "Nama | HURUF BESAR"),
            ("{}", "{}"),
            ("Atas nama {nama", "Atas nama {nama"),
            ("nama} tersebut", "nama} tersebut"),
            ("{{nama}}", "{}"),
        ],
    )
    def test_finds_what_would_be_printed(self, text: str, found: str) -> None:
        assert chips.stray(text) == found
