"""`manage.py module from-jsonschema`: the document on one side, the report on the other."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from schemas import parse

SCHEMA = {
    "title": "Izin usaha",
    "type": "object",
    "properties": {"nama": {"type": "string", "maxLength": 80}, "modal": {"type": "integer", "minimum": 1}},
    "required": ["nama"],
}


def run(tmp_path: Path, schema: str, ui: str | None = None, *more: str) -> tuple[int, str, Any]:
    """Return exit code, standard output and the report."""
    (tmp_path / "izin_usaha.json").write_text(schema, encoding="utf-8")
    arguments = ["from-jsonschema", str(tmp_path / "izin_usaha.json"), *more]
    if ui is not None:
        (tmp_path / "ui.json").write_text(ui, encoding="utf-8")
        arguments += ["--ui", str(tmp_path / "ui.json")]
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command("module", *arguments, stdout=out, stderr=err)
    except SystemExit as ended:
        code = int(ended.code or 0)
    return code, out.getvalue(), json.loads(err.getvalue())


class TestFromJsonSchema:
    def test_writes_a_document_that_passes_the_check(self, tmp_path: Path) -> None:
        code, document, report = run(tmp_path, json.dumps(SCHEMA))
        assert code == 0
        checked = parse.check(document)
        assert checked.module is not None
        assert checked.module.key == "izin-usaha"
        assert checked.module.languages == ("id",)
        assert [question.key for _, question in checked.module.fields()] == ["nama", "modal"]
        assert report["whole"] is True
        assert report["refused"] == []

    def test_speaks_the_language_that_is_asked_for(self, tmp_path: Path) -> None:
        schema = json.dumps(
            {"type": "object", "properties": {"nama": {"type": "string", "minlength": 1, "frob": 1}}}
        )
        _, document, report = run(tmp_path, schema, None, "--language", "en")
        assert json.loads(document)["workflow"]["statuses"][0]["title"] == "Document check"
        assert json.loads(document)["title"] == "Izin usaha"
        assert report["refused"][0]["sentence"] == "“minlength” is not known. Is “minLength” meant?"
        assert report["partial"][0]["sentence"] == "“frob” belongs to another program."
        _, document, report = run(tmp_path, schema)
        assert json.loads(document)["workflow"]["statuses"][0]["title"] == "Pemeriksaan berkas"
        assert report["refused"][0]["sentence"] == "“minlength” tidak dikenal. Apakah maksudnya “minLength”?"

    def test_lays_out_with_a_ui_schema(self, tmp_path: Path) -> None:
        ui = {
            "type": "VerticalLayout",
            "elements": [
                {"type": "Control", "scope": "#/properties/modal", "label": "Modal awal"},
                {"type": "Control", "scope": "#/properties/nama", "options": {"glow": True}},
            ],
        }
        _, document, report = run(tmp_path, json.dumps(SCHEMA), json.dumps(ui))
        fields = json.loads(document)["pages"][0]["fields"]
        assert [(field["key"], field["label"]) for field in fields] == [
            ("modal", "Modal awal"),
            ("nama", "Nama"),
        ]
        assert report["partial"] == [
            {
                "source": "ui",
                "pointer": "/elements/1/options/glow",
                "reason": "ui.sugar",
                "about": "look",
                "sentence": "“glow” hanya mengatur tampilan program lain.",
            }
        ]

    @pytest.mark.parametrize(
        ("schema", "reason"),
        [
            ("{", "source.syntax"),
            ("[]", "schema.shape"),
            ("true", "schema.shape"),
            ('{"type": "object", "type": "string"}', "source.doubled"),
            ('{"maximum": NaN}', "source.number"),
            ('{"maximum": 1e999}', "source.number"),
            ('{"a":' * 100 + "1" + "}" * 100, "source.deep"),
            ('{"a":' * 100_000, "source.deep"),
            ('{"enum": [' + "1," * 50_000 + "1]}", "source.many"),
            ('"' + "x" * 1_000_000 + '"', "source.large"),
        ],
    )
    def test_ends_with_one_and_a_reason_without_a_document(
        self, tmp_path: Path, schema: str, reason: str
    ) -> None:
        code, document, report = run(tmp_path, schema)
        assert (code, document) == (1, "")
        assert [(entry["pointer"], entry["reason"]) for entry in report["refused"]] == [("", reason)]
        assert "{" not in report["refused"][0]["sentence"]

    def test_says_which_file_cannot_be_read(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="cannot be read"):
            call_command("module", "from-jsonschema", str(tmp_path / "none.json"))
