"""`manage.py story`: what happened, and the first difference."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from runtime import preview
from schemas import parse
from tests.runtime import committee
from tests.schemas.corpus import STARTERS

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
        assert wrong.splitlines()[0] == says
        assert all(int(line.split("\t")[0]) <= step for line in printed.splitlines())

    @pytest.mark.parametrize("story", ["{", '{"at": 1, "at": 2}'])
    def test_says_in_the_language_of_the_site_what_is_wrong_with_the_file(
        self, tmp_path: Path, story: str
    ) -> None:
        with pytest.raises(CommandError) as found:
            play(tmp_path, story)
        assert parse.read_json(story)[1][0].sentence("id") in str(found.value)

    def test_names_every_reason_that_a_refusal_can_have(self, tmp_path: Path) -> None:
        story = told()
        story["steps"][0]["then"] = {"refused": "sebab"}
        with pytest.raises(CommandError, match=r"unknown_action, .*, edit_unchanged\.$"):
            play(tmp_path, story)

    def test_a_refusal_that_nobody_expected_is_a_difference(self, tmp_path: Path) -> None:
        story = told()
        del story["steps"][2]["then"]
        said = play(tmp_path, story)[1].splitlines()
        assert said[0] == "step 3: refused is 'voted', not ''"
        assert "this person has decided already" in said[1] or "orang ini sudah memutuskan" in said[1]

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"at": "pagi"}, "/at: “pagi”"),
            ({"steps": [{"by": "camat", "do": "tetapkan"}]}, "/steps/0/by: "),
            ({"steps": [{"by": "kepala", "do": "x", "then": {"colour": 1}}]}, "/steps/0/then/colour: "),
            ({"steps": "none"}, "/steps: "),
            ({"steps": [{"wait": {"unit": "days"}}]}, "/steps/0/wait: "),
        ],
    )
    def test_what_cannot_be_played_is_refused_in_words(
        self, tmp_path: Path, changes: dict[str, Any], says: str
    ) -> None:
        with pytest.raises(CommandError) as refused:
            play(tmp_path, told(**changes))
        assert str(refused.value).startswith(says)

    def test_what_is_no_json_is_refused_in_words(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError):
            play(tmp_path, "{")


class TestOwnStories:
    @pytest.mark.parametrize("path", STARTERS, ids=lambda path: path.stem)
    def test_of_a_starter_all_come_out(self, path: Path) -> None:
        out = StringIO()
        call_command("story", str(path), stdout=out)
        stories = json.loads(path.read_text(encoding="utf-8"))["stories"]
        assert [line.split(":")[0] for line in out.getvalue().splitlines() if line.startswith("#")] == [
            f"# {story['key']}" for story in stories
        ]

    @pytest.mark.parametrize("path", STARTERS, ids=lambda path: path.stem)
    def test_of_a_starter_lead_to_each_of_its_ends(self, path: Path) -> None:
        module = parse.load(path.read_bytes())
        ends = {status.key for status in module.workflow.statuses if status.kind == "final"}
        reached = {verdict.played.happened[-1].status for verdict in preview.stories(module)}
        withdrawn = {"dicabut"}  # the way there is walked by the proof
        assert reached >= ends - withdrawn

    def test_are_asked_for_where_there_are_none(self) -> None:
        with pytest.raises(CommandError) as refused:
            call_command("story", str(committee.FILE))
        assert "Name a file with a story" in str(refused.value)

    def test_spoil_the_proof_when_one_comes_out_otherwise(self, tmp_path: Path) -> None:
        document = json.loads(STARTERS[0].read_text(encoding="utf-8"))
        document["stories"][0]["steps"][0]["then"] = {"status": "rencana"}
        file = tmp_path / "aduan.json"
        file.write_text(json.dumps(document), encoding="utf-8")
        out = StringIO()
        with pytest.raises(SystemExit):
            call_command("prove", str(file), "--json", stdout=out)
        report = json.loads(out.getvalue())
        assert report["findings"] == []
        assert report["proven"] is False
        first, *others = report["stories"]
        assert all(one["came_out"] for one in others)
        (off,) = first["differences"]
        assert (off["code"], off["step"], off["found"]) == ("told.status", 1, "disposisi")
        assert off["pointer"] == "/stories/0/steps/0/then/status"
