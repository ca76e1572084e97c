"""The table of threats and their tests in SECURITY.md is true: each file is there and names the threat."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| ([TF]\d+) \| [^|]+ \| (.+) \|$", re.MULTILINE)
ROWS = dict(ROW.findall((ROOT / "SECURITY.md").read_text(encoding="utf-8")))
WANTED = {*(f"T{n}" for n in (2, 5, 6, 7, 8, 11, 12, 13, 17, 19, 34, 35, 36)), "F16", "F24"}


def named(path: Path) -> set[str]:
    """Return the ids in the names of the tests of a file, and in what it and its classes say."""
    said = []
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            said.append(ast.get_docstring(node) or "")
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            said.append(node.name.replace("_", " "))
    return set(re.findall(r"\b[TF]\d+\b", re.sub(r"Test(?=[TF]\d)", "", "\n".join(said))))


class TestTable:
    def test_has_every_threat_of_what_citizens_and_officers_see(self) -> None:
        assert set(ROWS) >= WANTED

    @pytest.mark.parametrize("threat", sorted(ROWS))
    def test_names_tests_that_name_the_threat(self, threat: str) -> None:
        files = re.findall(r"`(tests/[^`]+)`", ROWS[threat])
        assert files
        for file in files:
            assert (ROOT / file).is_file(), file
            if file.endswith(".py"):
                assert threat in named(ROOT / file), file
