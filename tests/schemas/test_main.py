"""The command line: exit codes, lines and JSON, and never a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from schemas.__main__ import main
from tests.schemas.corpus import INVALID, STARTERS, TESTS, VALID


class TestCheck:
    def test_exits_with_0_for_sound_documents(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", *map(str, STARTERS)]) == 0
        assert capsys.readouterr().out.count(": ok ") == len(STARTERS)

    def test_exits_with_1_when_one_of_them_has_an_error(self, capsys: pytest.CaptureFixture[str]) -> None:
        broken = next(path for path in INVALID if path.stem == "workflow-dead_end")
        assert main(["check", str(STARTERS[0]), str(broken)]) == 1
        assert "error workflow.dead_end /workflow/statuses/5: A case in" in capsys.readouterr().out

    def test_speaks_indonesian_when_asked(self, capsys: pytest.CaptureFixture[str]) -> None:
        broken = next(path for path in INVALID if path.stem == "workflow-dead_end")
        main(["check", "--language", "id", str(broken)])
        assert "macet" in capsys.readouterr().out

    def test_reports_as_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        names = [str(path) for path in [*VALID, *INVALID]]
        assert main(["check", "--json", *names]) == 1
        reports = json.loads(capsys.readouterr().out)
        assert [set(report) for report in reports] == [{"file", "ok", "key", "digest", "problems"}] * len(
            names
        )
        for report in reports:
            errors = [problem for problem in report["problems"] if problem["severity"] == "error"]
            assert report["ok"] == (not errors)
            for problem in report["problems"]:
                assert set(problem) == {"code", "pointer", "severity", "sentence", "data"}

    @pytest.mark.parametrize("name", ["nowhere.json", "definitions", "nul\0name.json", ""])
    def test_says_what_cannot_be_read(self, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", str(TESTS / name) if name else ""]) == 1
        assert "file.unreadable" in capsys.readouterr().out

    def test_never_shows_a_traceback(self, tmp_path: Path) -> None:
        hostile = tmp_path / "bom\udcffb.json"
        hostile.write_bytes(b'{"\\ud800": "\xff')
        endless = Path("/dev/zero")
        done = subprocess.run(
            [sys.executable, "-m", "schemas", "check", str(hostile), str(endless), str(tmp_path)],
            capture_output=True,
            check=False,
            timeout=20,
            env={"PYTHONIOENCODING": "ascii", "PATH": ""},
            cwd=TESTS.parent,
        )
        assert done.returncode == 1
        assert b"Traceback" not in done.stderr
        assert done.stdout.count(b"\n") == 3


class TestCompile:
    def test_prints_a_json_schema(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["compile", str(STARTERS[0])]) == 0
        assert json.loads(capsys.readouterr().out)["$schema"].endswith("2020-12/schema")

    def test_refuses_a_broken_document(self, capsys: pytest.CaptureFixture[str]) -> None:
        broken = next(path for path in INVALID if path.stem == "workflow-loop")
        assert main(["compile", str(broken)]) == 1
        assert capsys.readouterr().out == ""


class TestDiagram:
    def test_prints_a_picture(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["diagram", str(STARTERS[0]), "--language", "id"]) == 0
        assert capsys.readouterr().out.startswith("<svg")

    def test_prints_mermaid(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["diagram", str(STARTERS[0]), "--as", "mermaid", "--language", "id"]) == 0
        assert "stateDiagram-v2" in capsys.readouterr().out

    def test_refuses_a_status_that_is_not_there(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["diagram", str(STARTERS[0]), "--status", "nowhere"]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert "nowhere" in said.err
