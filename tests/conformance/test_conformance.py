"""`make conformance` counts rightly and does not hide what fails."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cms.bootstrap.machine import Trouble
from tests.conformance import __main__ as conformance
from tests.conformance import suite


def group(schema: Any, *cases: tuple[Any, bool]) -> list[dict[str, Any]]:
    tests = [{"description": json.dumps(value), "data": value, "valid": valid} for value, valid in cases]
    return [{"description": json.dumps(schema), "schema": schema, "tests": tests}]


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay out a small copy of the suite."""
    tests, remotes = tmp_path / "tests" / suite.DRAFT, tmp_path / "remotes" / "sub"
    (tests / "optional" / "format").mkdir(parents=True)
    remotes.mkdir(parents=True)
    (remotes / "whole.json").write_text('{"type": "integer"}')
    remote = {"$ref": f"{suite.REMOTES}/sub/whole.json"}
    (tests / "ref.json").write_text(json.dumps(group(remote, (1, True), ("a", False))))
    (tests / "optional" / "anchor.json").write_text(json.dumps(group({"pattern": "a"}, ("a", True))))
    dates = group({"format": "date"}, ("2026-02-30", False))
    (tests / "optional" / "format" / "date.json").write_text(json.dumps(dates))
    (tests / "format.json").write_text(json.dumps(group({"format": "date"}, ("2026-02-30", True))))
    monkeypatch.setenv("SUITE", str(tmp_path))
    return tests


class TestMain:
    """`tests.conformance`."""

    def test_passes_what_conforms_and_counts_by_family(
        self, copy: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert conformance.main() == 0
        printed = capsys.readouterr().out
        assert "required      3 of     3" in printed
        assert "optional      1 of     1" in printed
        assert "format        1 of     1" in printed

    def test_names_each_case_that_fails_and_refuses_more_than_six(
        self, copy: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (copy / "const.json").write_text(json.dumps(group({"const": 1}, *[(2, True)] * 6)))
        assert conformance.main() == 0
        assert capsys.readouterr().out.count("required: const: ") == 6
        (copy / "const.json").write_text(json.dumps(group({"const": 1}, *[(2, True)] * 7)))
        assert conformance.main() == 1

    def test_counts_a_reference_to_nowhere_as_a_failure(
        self, copy: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        missing = group({"$ref": f"{suite.REMOTES}/none.json"}, *[(1, True)] * 7)
        (copy / "ref.json").write_text(json.dumps(missing))
        assert conformance.main() == 1
        assert "UnknownReference" in capsys.readouterr().out


class TestFolder:
    """`suite.folder`."""

    def test_refuses_a_folder_without_the_draft(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SUITE", str(tmp_path))
        with pytest.raises(Trouble):
            suite.folder()

    def test_knows_the_digest_of_the_package_it_would_fetch(self) -> None:
        wanted = suite._locked("jsonschema")
        assert wanted.startswith("jsonschema==4.")
        assert "--hash=sha256:" in wanted
        assert not wanted.rstrip().endswith("\\")
