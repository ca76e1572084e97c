"""`make conformance` counts rightly and does not hide what fails."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

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

    def test_hears_a_dialect_that_does_without_assertions(
        self, copy: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        applies = "https://json-schema.org/draft/2020-12/vocab/applicator"
        (copy.parents[1] / "remotes" / "dialect.json").write_text(
            json.dumps({"$vocabulary": {applies: True}})
        )
        schema = {"$schema": f"{suite.REMOTES}/dialect.json", "minimum": 10, "properties": {"a": False}}
        (copy / "vocabulary.json").write_text(json.dumps(group(schema, (1, True), ({"a": 1}, False))))
        assert conformance.main() == 0
        assert "required      5 of     5" in capsys.readouterr().out


class TestFound:
    """`suite.found`."""

    @pytest.mark.parametrize("part", [".", "tests", f"tests/{suite.DRAFT}"])
    def test_takes_the_whole_its_tests_and_the_folder_of_the_draft(
        self, copy: Path, part: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("SUITE", str(copy.parents[1] / part))
        assert conformance.main() == 0
        assert "required      3 of     3" in capsys.readouterr().out

    def test_counts_what_only_should_be_so_as_optional(
        self, copy: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (copy / "should").mkdir()
        (copy / "should" / "regex.json").write_text(json.dumps(group({"pattern": "^a$"}, ("a\n", False))))
        assert conformance.main() == 0
        assert "optional      2 of     2" in capsys.readouterr().out

    def test_says_that_schemas_to_refer_to_are_missing(
        self, copy: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        shutil.rmtree(copy.parents[1] / "remotes")
        assert conformance.main() == 0
        printed = capsys.readouterr().out
        assert "no folder `remotes`" in printed
        assert "UnknownReference" in printed

    @pytest.mark.parametrize("part", ["tests/none", "remotes", "none"])
    def test_refuses_another_folder_with_a_sentence(
        self, copy: Path, part: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("SUITE", str(copy.parents[1] / part))
        assert conformance.main() == 1
        assert "SUITE must be a copy of JSON-Schema-Test-Suite." in capsys.readouterr().out

    def test_refuses_a_torn_file_with_a_sentence(
        self, copy: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (copy / "torn.json").write_text('[{"description": "torn"')
        assert conformance.main() == 1
        assert "torn.json cannot be read as JSON" in capsys.readouterr().out

    def test_knows_the_digest_of_the_package_it_would_fetch(self) -> None:
        wanted = suite._locked("jsonschema")
        assert wanted.startswith("jsonschema==4.")
        assert "--hash=sha256:" in wanted
        assert not wanted.rstrip().endswith("\\")
