"""`manage.py story`: what happened, and the first difference."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.runtime import committee

TOLD = Path(__file__).resolve().parents[1] / "stories" / "together-holiday.json"


def told(**changes: Any) -> dict[str, Any]:
    return json.loads(TOLD.read_text(encoding="utf-8")) | changes


def play(tmp_path: Path, story: Any) -> tuple[str, str, int]:
    """Return what was printed, what was complained of, and the exit code."""
    file = tmp_path / "story.json"
    file.write_text(story if isinstance(story, str) else json.dumps(story), encoding="utf-8")
    out, err = StringIO(), StringIO()
    try:
        call_command("story", str(committee.FILE), str(file), stdout=out, stderr=err)
    except SystemExit as left:
        return out.getvalue(), err.getvalue(), int(left.code or 0)
    return out.getvalue(), err.getvalue(), 0


class TestStory:
    def test_comes_out_over_a_holiday_with_a_reminder_and_an_escalation(self, tmp_path: Path) -> None:
        printed, wrong, code = play(tmp_path, told())
        assert (wrong, code) == ("", 0)
        lines = [line.split("\t") for line in printed.splitlines()]
        assert [line[3] for line in lines if line[2] == "system"] == [
            "ingatkan",
            "naikkan",
            "lanjut_sidang",
            "siap",
        ]
        assert lines[-1][3:5] == ["tetapkan", "→ terbit"]

    @pytest.mark.parametrize(
        ("step", "then", "says"),
        [
            (1, {"status": "sidang"}, "step 1: status is 'rekomendasi', not 'sidang'"),
            (3, {"refused": "stale"}, "step 3: refused is 'voted', not 'stale'"),
            (4, {"done": ["naikkan"]}, "step 4: done is ['ingatkan', 'naikkan'], not ['naikkan']"),
            (9, {"tasks": []}, "step 9: tasks is ['kepala'], not []"),
        ],
    )
    def test_ends_at_the_first_difference(
        self, tmp_path: Path, step: int, then: dict[str, Any], says: str
    ) -> None:
        story = told()
        story["steps"][step - 1]["then"] = then
        printed, wrong, code = play(tmp_path, story)
        assert code == 1
        assert wrong.strip() == says
        assert all(int(line.split("\t")[0]) <= step for line in printed.splitlines())

    def test_a_refusal_that_nobody_expected_is_a_difference(self, tmp_path: Path) -> None:
        story = told()
        del story["steps"][2]["then"]
        assert play(tmp_path, story)[1].strip() == "step 3: refused is 'voted', not ''"

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"at": "pagi"}, "write a day and a time"),
            ({"answers": {}}, "answers /nama"),
            ({"steps": [{"by": "camat", "do": "tetapkan"}]}, "there is no such role"),
            ({"steps": [{"by": "kepala", "do": "x", "then": {"colour": 1}}]}, "cannot be expected"),
            ({"steps": "none"}, "A story is an object"),
            ({"steps": ["none"]}, "step 1: write an object"),
            ({"steps": [{"wait": {"unit": "days"}}]}, "write how long to wait"),
            ({"steps": [{"wait": {"amount": 1, "unit": "years"}}]}, "is no time that can pass"),
        ],
    )
    def test_what_cannot_be_played_is_refused_in_words(
        self, tmp_path: Path, changes: dict[str, Any], says: str
    ) -> None:
        with pytest.raises(CommandError) as refused:
            play(tmp_path, told(**changes))
        assert says in str(refused.value)

    def test_what_is_no_json_is_refused_in_words(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError):
            play(tmp_path, "{")
