"""What the digits of an area's code say by themselves."""

from __future__ import annotations

import re

import pytest

from schemas import areacodes

VILLAGE = "36.71.01.1001"


class TestAreaCodes:
    @pytest.mark.parametrize(
        ("code", "level"),
        [("36", "province"), ("36.71", "regency"), ("36.71.01", "district"), (VILLAGE, "village")],
    )
    def test_say_their_level(self, code: str, level: str) -> None:
        assert areacodes.level(code) == level
        assert areacodes.is_code(code)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "3",
            "367",
            "36.",
            "36.7",
            "36-71",
            "36.71.01.100",
            "36.71.1001",
            "٣٦",
            f"{VILLAGE}\n",
            "3671011001",
        ],
    )
    def test_are_told_from_other_text(self, text: str) -> None:
        assert not areacodes.is_code(text)
        assert areacodes.level(text) is None
        assert areacodes.depth(text) == 0

    def test_hold_their_way_from_the_top(self) -> None:
        assert areacodes.chain(VILLAGE) == ("36", "36.71", "36.71.01", VILLAGE)
        assert areacodes.chain("x") == ()
        assert areacodes.parent(VILLAGE) == "36.71.01"
        assert areacodes.parent("36") == ""

    def test_cover_what_lies_in_them_only(self) -> None:
        assert areacodes.covers("36.71", VILLAGE)
        assert areacodes.covers("36.71", "36.71")
        assert areacodes.covers("", "36")
        assert not areacodes.covers("36.7", VILLAGE)
        assert not areacodes.covers("36.71", "36.72")

    @pytest.mark.parametrize(
        ("level", "within", "fits", "refused"),
        [
            ("village", "", VILLAGE, "36.71.01"),
            ("village", "36.71", VILLAGE, "36.72.01.1001"),
            ("province", "", "36", "36.71"),
            ("district", "36", "36.71.01", VILLAGE),
            ("district", "36.71.01", "36.71.01", "36.71.02"),
        ],
    )
    def test_have_a_pattern_for_each_level(
        self, level: areacodes.Level, within: str, fits: str, refused: str
    ) -> None:
        pattern = areacodes.pattern(level, within)
        assert re.search(pattern, fits)
        assert not re.search(pattern, refused)
