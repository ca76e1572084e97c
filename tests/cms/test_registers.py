"""The file that names the outside registers: read once, refused with a sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cms.settings import env, registers

ENTRY: dict[str, Any] = {
    "title": {"id": "Dukcapil"},
    "address": "https://register.example/cari",
    "credential": "RAKIT_TEST_TOKEN",
    "echo": {"nik": "/nik"},
    "take": {"nama": "/nama"},
}


def written(folder: Path, **changes: Any) -> str:
    path = folder / "registers.json"
    path.write_text(json.dumps({"dukcapil": {**ENTRY, **changes}}), encoding="utf-8")
    return str(path)


class TestRead:
    def test_puts_the_token_of_the_environment_in_place(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("RAKIT_TEST_TOKEN", "kunci")
        monkeypatch.setenv("RAKIT_POSO_TOKEN", "kunci-poso")
        path = written(tmp_path, regions={"poso": {"credential": "RAKIT_POSO_TOKEN"}})
        found = registers.read(path)["dukcapil"]
        assert found["credential"] == "kunci"
        assert found["regions"]["poso"]["credential"] == "kunci-poso"

    def test_knows_none_without_a_file(self) -> None:
        assert registers.read("") == {}

    def test_stops_the_start_when_a_token_is_missing(self, tmp_path: Path) -> None:
        with pytest.raises(env.BadSetting, match="RAKIT_TEST_TOKEN"):
            registers.read(written(tmp_path))

    @pytest.mark.parametrize(
        ("changes", "where"),
        [
            ({"address": "ftp://x"}, "/dukcapil/address"),
            ({"echo": {}}, "/dukcapil/echo"),
            ({"take": {"nama": {"words": {}}}}, "/dukcapil/take/nama"),
            ({"secret": "x"}, "/dukcapil"),
            ({"credential": "sk-123"}, "/dukcapil/credential"),
            ({"networks": ["10.0.0.0/33"]}, "networks"),
        ],
    )
    def test_says_where_the_file_is_wrong(
        self, changes: dict[str, Any], where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("RAKIT_TEST_TOKEN", "kunci")
        with pytest.raises(env.BadSetting, match=where):
            registers.read(written(tmp_path, **changes))

    def test_says_that_a_file_cannot_be_read(self, tmp_path: Path) -> None:
        with pytest.raises(env.BadSetting, match="cannot be read"):
            registers.read(str(tmp_path / "none.json"))
