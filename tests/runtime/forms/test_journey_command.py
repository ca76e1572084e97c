"""`manage.py journey` says what a module asks, what it works out, and what is wrong, as JSON."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from runtime.regions.models import Region
from tests.runtime.forms import lists
from tests.runtime.forms.asking import document
from tests.runtime.forms.lists import BELONGS, LARGE, PARENT
from tests.runtime.forms.test_rows import FIELDS
from tests.schemas.corpus import small_module


def report(folder: Path, answers: Any, **options: Any) -> dict[str, Any]:
    (folder / "module.json").write_text(options.pop("module", "") or json.dumps(small_module(FIELDS)))
    (folder / "answers.json").write_text(answers if isinstance(answers, str) else json.dumps(answers))
    out = StringIO()
    call_command("journey", str(folder / "module.json"), str(folder / "answers.json"), stdout=out, **options)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


class TestJourney:
    def test_shows_steps_with_visible_questions_and_what_is_worked_out(self, tmp_path: Path) -> None:
        children = [{"nama": "Ani", "umur": 9, "sekolah": "SD 1"}, {"nama": "Budi", "umur": 2}]
        found = report(tmp_path, {"hp": "+6281234567890", "anak": children})
        asked = found["steps"][0]["fields"]
        assert [each["key"] for each in asked] == ["wali", "hp", "surel", "anak", "jumlah", "iuran"]
        rows = next(each for each in asked if each["key"] == "anak")["rows"]
        assert [[each["key"] for each in row] for row in rows] == [
            ["nama", "umur", "sekolah", "hobi"],
            ["nama", "umur", "hobi"],
        ]
        assert found["calculated"] == {"/jumlah": 2, "/iuran": 25001}
        assert found["complete"] is True
        assert found["problems"] == []

    def test_names_each_problem_with_its_place_in_the_language(self, tmp_path: Path) -> None:
        found = report(tmp_path, {"anak": [{"umur": 2, "sekolah": "X"}], "lain": 1}, lang="en")
        problems = {(p["code"], p["pointer"]) for p in found["problems"]}
        assert problems == {
            ("answers.unknown", "/lain"),
            ("answers.unknown", "/anak/0/sekolah"),
            ("answers.required", "/anak/0/nama"),
            ("answers.group", "/hp"),
        }
        assert all(p["sentence"].isascii() for p in found["problems"] if p["code"] == "answers.group")
        assert found["complete"] is False

    @pytest.mark.parametrize("text", ["", "[1]", '{"a": 1, "a": 2}', '{"a": NaN}', "[" * 99])
    def test_says_what_is_wrong_with_answers_that_cannot_be_read(self, tmp_path: Path, text: str) -> None:
        with pytest.raises(CommandError, match=r"answers\.json"):
            report(tmp_path, text)

    def test_judges_lists_of_a_region_and_what_belongs_together(
        self, tmp_path: Path, tangerang: Region
    ) -> None:
        lists.imported(tangerang, 30)
        module = document([PARENT, {**LARGE, "filter": BELONGS}], **lists.used("daftar_jalan"))
        told: dict[str, str] = {"module": module, "region": "tangerang", "lang": "en"}
        verdicts = {
            ("benda", "S1"): [],
            ("benda", "S2"): ["answers.filter"],
            ("benda", "S31"): ["answers.option"],
            (None, "S1"): ["answers.filter"],
        }
        for (district, street), codes in verdicts.items():
            answers = {"jalan": street} | ({"kecamatan": district} if district else {})
            assert [p["code"] for p in report(tmp_path, answers, **told)["problems"]] == codes
        with pytest.raises(CommandError, match="no region"):
            report(tmp_path, {}, **told | {"region": "tiada"})

    def test_says_what_is_wrong_with_a_document(self, tmp_path: Path) -> None:
        path = tmp_path / "module.json"
        path.write_text('{"format": 2}')
        with pytest.raises(CommandError, match="/format"):
            call_command("journey", str(path), str(path))
        with pytest.raises(CommandError, match="cannot be opened"):
            call_command("journey", str(tmp_path / "none.json"), str(path))
