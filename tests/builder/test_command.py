"""The command that takes modules in and gives them out, byte for byte."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from builder.models import Module, Release
from runtime.regions import scope
from runtime.regions.models import Region
from tests.bounded import bounded
from tests.builder.conftest import broken, document, text

DEEP = '{"a":' * 40 + "1" + "}" * 40


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("module", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "izin.json"
    path.write_text(text(document()), encoding="utf-8")
    return path


class TestImport:
    def test_makes_a_draft(self, file: Path, tangerang: Region):
        assert "izin" in run("import", str(file), "--region", "tangerang")
        with scope.use(tangerang):
            assert Module.objects.get().live is False

    def test_publishes_when_asked_to(self, file: Path, tangerang: Region):
        run("import", str(file), "--region", "tangerang", "--publish")
        with scope.use(tangerang):
            assert Release.objects.get().number == 1

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b'{"x": "' + b"a" * 1_000_100 + b'"}', "json.size"),
            (DEEP.encode(), "json.depth"),
            (b'{"key": "a", "key": "b"}', "json.duplicate"),
            (b'{"format": NaN}', "json.number"),
            (b'{"format": 1e400}', "json.number"),
            (b'\xff\xfe{"a": 1}', "json.encoding"),
            (b'{"format": 1', "json.syntax"),
            (b"", "json.syntax"),
            (b"[]", "structure.object"),
            (json.dumps(broken()).encode(), "structure.empty"),
        ],
        ids=["large", "deep", "doubled", "nan", "huge-number", "not-utf8", "cut", "empty", "list", "wrong"],
    )
    def test_refuses_bad_input_at_once_and_stores_nothing(
        self, content: bytes, code: str, tmp_path: Path, tangerang: Region
    ):
        path = tmp_path / "bad.json"
        path.write_bytes(content)
        with bounded(), pytest.raises(CommandError) as refused:
            run("import", str(path), "--region", "tangerang", "--publish")
        line = next(line for line in str(refused.value).splitlines() if line.startswith(code))
        assert len(line.split("\t")) == 3
        assert line.endswith(".")
        with scope.use(tangerang):
            assert not Module.objects.exists()

    def test_says_so_when_file_or_region_is_missing(self, tmp_path: Path, file: Path, tangerang: Region):
        with pytest.raises(CommandError, match="cannot be read"):
            run("import", str(tmp_path / "nothing.json"), "--region", "tangerang")
        with pytest.raises(CommandError, match="There is no region"):
            run("import", str(file), "--region", "atlantis")


class TestExport:
    def test_writes_exactly_what_was_imported(self, file: Path, tangerang: Region):
        run("import", str(file), "--region", "tangerang", "--publish")
        assert run("export", "izin", "--region", "tangerang").encode() == file.read_bytes()
        assert run("export", "izin", "--region", "tangerang", "--release", "1").encode() == file.read_bytes()

    def test_refuses_what_is_not_there(self, file: Path, tangerang: Region, poso: Region):
        run("import", str(file), "--region", "tangerang")
        for arguments in (
            ["izin", "--region", "poso"],
            ["lain", "--region", "tangerang"],
            ["izin", "--region", "tangerang", "--release", "7"],
        ):
            with pytest.raises(CommandError):
                run("export", *arguments)


class TestList:
    def test_names_each_service_and_its_state(self, file: Path, tangerang: Region):
        run("import", str(file), "--region", "tangerang")
        assert run("list", "--region", "tangerang") == "izin\tdraft\t0\tIzin Keramaian\n"
