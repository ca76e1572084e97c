"""`manage.py xlsform`: a report on whatever lies in a folder, a workbook in, a service out."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from builder import services
from builder.management.commands import xlsform
from builder.xlsform import judge
from runtime.regions import scope
from runtime.regions.models import Region
from schemas import parse
from tests.builder.xlsform.books import book, q


def run(*words: str) -> tuple[int, str, str]:
    out, beside = io.StringIO(), io.StringIO()
    try:
        call_command("xlsform", *words, stdout=out, stderr=beside)
    except SystemExit as ended:
        return int(ended.code or 0), out.getvalue(), beside.getvalue()
    return 0, out.getvalue(), beside.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.xlsx").write_bytes(book([q("text", "a"), q("geopoint", "b"), q("start", "s")]))
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "b.XLSX").write_bytes(b"PK\x03\x04 broken")
    (tmp_path / "c.csv").write_text('"survey",,\n,"type","name","label"\n,"text","a","A"\n', encoding="utf-8")
    (tmp_path / "d.xls").write_bytes(b"\xd0\xcf\x11\xe0 broken")
    (tmp_path / "e.xlsx").write_bytes(book([q("start", "s")]))
    (tmp_path / "~$a.xlsx").write_bytes(b"open")
    (tmp_path / "notes.txt").write_text("x")
    return tmp_path


class TestReport:
    def test_tells_of_each_file_and_all_together(self, folder: Path) -> None:
        code, out, _ = run("report", str(folder), "--language", "en")
        lines = out.splitlines()
        assert code == 1
        assert lines[0].startswith("a.xlsx\tparsed\trows 3: 1 whole, 1 without, 1 not taken\t")
        assert "\t1\ttype.moment" in lines
        assert any(line.startswith("inner/b.XLSX\tnot parsed (xlsx.broken)") for line in lines)
        assert any(line.startswith("e.xlsx\tparsed, nothing left") for line in lines)
        assert "totals\t5 files, 3 parsed, 2 documents\trows 5: 2 whole, 1 without, 2 not taken" in out

    def test_is_one_object_when_asked(self, folder: Path) -> None:
        code, out, _ = run("report", str(folder), "--json")
        found = json.loads(out)
        assert code == 1
        assert [report["file"] for report in found["files"]] == [
            "a.xlsx", "c.csv", "d.xls", "e.xlsx", "inner/b.XLSX",
        ]  # fmt: skip
        assert found["totals"]["rows"] == {"whole": 2, "without": 1, "refused": 2}
        assert found["totals"]["unreadable"] == {"file.broken": 1, "xlsx.broken": 1}
        assert found["totals"]["reasons"] == {"type.moment": 2, "kind.place": 1}
        for report in found["files"]:
            assert sum(report["rows"].values()) == len(report["refused"]) + report["rows"]["whole"] + len(
                {entry["row"] for entry in report["without"]}
            )

    def test_ends_well_when_all_could_be_taken(self, tmp_path: Path) -> None:
        (tmp_path / "a.xlsx").write_bytes(book([q("text", "a")]))
        assert run("report", str(tmp_path))[0] == 0

    def test_says_when_there_is_nothing_to_report_on(self, tmp_path: Path) -> None:
        assert run("report", str(tmp_path))[0] == xlsform.NO_FILES
        with pytest.raises(CommandError, match="is no folder") as raised:
            run("report", str(tmp_path / "nowhere"))
        assert raised.value.returncode == xlsform.NO_FILES

    def test_goes_on_after_a_file_that_cannot_be_opened(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (folder / "a.xlsx").unlink()
        (folder / "a.xlsx").symlink_to(folder / "c.csv")
        opened = Path.open

        def closed(path: Path, *args: Any, **kwargs: Any) -> Any:
            if path.name == "a.xlsx":
                raise PermissionError(13, "Permission denied")
            return opened(path, *args, **kwargs)

        monkeypatch.setattr(Path, "open", closed)
        found = json.loads(run("report", str(folder), "--json")[1])
        assert [report["reason"] for report in found["files"] if not report["parsed"]] == [
            "file.closed", "file.broken", "xlsx.broken",
        ]  # fmt: skip

    def test_needs_pyxform(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(xlsform, "installed", lambda: False)
        with pytest.raises(CommandError, match=r"requirements/xlsform\.txt"):
            run("report", str(folder))


class TestImport:
    def test_writes_a_document_and_the_report_beside_it(self, folder: Path) -> None:
        code, out, beside = run("import", str(folder / "a.xlsx"))
        assert code == 0
        assert parse.check(out).module is not None
        assert json.loads(beside)["rows"] == {"whole": 1, "without": 1, "refused": 1}

    def test_writes_no_document_when_there_is_none(self, folder: Path) -> None:
        code, out, beside = run("import", str(folder / "d.xls"))
        assert (code, out) == (1, "")
        assert json.loads(beside)["reason"] == "file.broken"
        with pytest.raises(CommandError, match="cannot be read"):
            run("import", str(folder / "nowhere.xlsx"))


class TestExport:
    def test_writes_the_workbook_of_a_draft(self, tangerang: Region, tmp_path: Path) -> None:
        with scope.use(tangerang):
            module = services.create_module(region=tangerang, title="Izin makam", user=None)
            document = json.loads(module.document)
            document["pages"][0]["fields"] = [
                {"key": "a", "type": "text", "label": {"id": "Nama", "en": "Name"}}
            ]
            services.save_document(module=module, document=json.dumps(document), user=None)
        to = tmp_path / "out.xlsx"
        code, _, beside = run("export", module.key, "--region", tangerang.key, "--to", str(to))
        assert code == 0
        assert judge.converted(to.read_bytes()).refused == ""
        assert [loss["reason"] for loss in json.loads(beside)["lost"]] == ["loss.service"]

    def test_says_what_is_wrong(self, tangerang: Region) -> None:
        with pytest.raises(CommandError, match="no region"):
            run("export", "x", "--region", "nowhere")
        with pytest.raises(CommandError, match="no service"):
            run("export", "x", "--region", tangerang.key)
        with scope.use(tangerang):
            module = services.create_module(region=tangerang, title="Rusak", user=None)
            services.save_document(module=module, document=json.dumps({"key": module.key}), user=None)
        with pytest.raises(CommandError, match="put right"):
            run("export", module.key, "--region", tangerang.key)
