"""The OpenAPI documents: valid for the standard's own validator, the answers' schema in them unchanged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from schemas import answers, openapi, parse
from schemas.__main__ import main
from schemas.definition import Json
from tests.schemas.corpus import STARTERS, VALID


def _faults(document: Json) -> list[str]:
    return [fault.message for fault in OpenAPIV31SpecValidator(document).iter_errors()]


class TestDocument:
    @pytest.mark.parametrize("path", [*STARTERS, *VALID], ids=lambda path: path.stem)
    def test_is_valid_openapi_with_the_answers_schema_unchanged(self, path: Path) -> None:
        module = parse.load(path.read_text(encoding="utf-8"))
        made = json.loads(json.dumps(openapi.document(module, 3)))
        assert _faults(made) == []
        assert made["openapi"] == "3.1.1"
        assert made["components"]["schemas"]["Answers"] == answers.schema(module)
        assert f"/api/v1/modules/{module.key}/3/submissions" in made["paths"]

    def test_offers_files_only_where_a_question_takes_some(self) -> None:
        starter = next(path for path in STARTERS if path.stem == "surat-domisili")
        module = parse.load(starter.read_text(encoding="utf-8"))
        files = openapi.document(module, 1)["paths"]["/api/v1/modules/surat-domisili/1/files"]
        form = files["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
        assert "ktp" in form["properties"]["field"]["enum"]
        smallest = parse.load(next(p for p in VALID if p.stem == "smallest").read_text(encoding="utf-8"))
        assert not [path for path in openapi.document(smallest, 1)["paths"] if path.endswith("/files")]

    def test_is_printed_by_the_command_line(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["openapi", "--version", "2", str(STARTERS[0])]) == 0
        assert json.loads(capsys.readouterr().out)["info"]["version"] == "2"


class TestWhole:
    def test_is_valid_openapi(self) -> None:
        assert _faults(json.loads(json.dumps(openapi.whole()))) == []

    def test_breaks_are_found(self) -> None:
        broken = json.loads(json.dumps(openapi.whole()))
        del broken["paths"]["/api/v1/modules"]["get"]["responses"]
        broken["info"].pop("title")
        assert _faults(broken)
