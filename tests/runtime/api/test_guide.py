"""The examples of docs/guide/api.md, run as they stand by real clients against a real server."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from runtime.cases.models import Attachment, Case
from runtime.regions import scope
from runtime.regions.models import Region
from tests import factories
from tests.conftest import require
from tests.runtime.api.program import picture

GUIDE = (Path(__file__).parents[3] / "docs" / "guide" / "api.md").read_text(encoding="utf-8")


def example(language: str) -> str:
    (code,) = re.findall(rf"^```{language}\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)
    return str(code)


def run(*command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def address(transactional_db: None, live_server: Any, tangerang: Region) -> str:
    """The address of a region's site that offers the complaint."""
    factories.installed(tangerang, factories.starter("aduan-warga"))
    Region.objects.filter(pk=tangerang.pk).update(host="127.0.0.1")
    return str(live_server.url).replace("localhost", "127.0.0.1")


def cases() -> list[Case]:
    with scope.everywhere("a test looks"):
        return list(Case.objects.all())


class TestExamples:
    def test_in_python_file_a_complaint_with_a_photo(self, address: str, tmp_path: Path) -> None:
        (tmp_path / "aduan.py").write_text(example("python"), encoding="utf-8")
        (tmp_path / "lampu.jpg").write_bytes(picture().read())
        done = run(sys.executable, "aduan.py", address, "lampu.jpg", folder=tmp_path)
        assert done.returncode == 0, done.stderr
        (case,) = cases()
        assert done.stdout.split()[0] == case.reference
        assert case.answers["lokasi"]["lat"] == -6.1783
        with scope.everywhere("a test looks"):
            assert Attachment.objects.get().case_id == case.pk

    def test_in_python_say_in_words_why_a_file_is_refused(self, address: str, tmp_path: Path) -> None:
        (tmp_path / "aduan.py").write_text(example("python"), encoding="utf-8")
        (tmp_path / "lampu.jpg").write_text("bukan foto")
        done = run(sys.executable, "aduan.py", address, "lampu.jpg", folder=tmp_path)
        assert done.returncode == 1
        assert "/foto: " in done.stderr
        assert "lampu.jpg" in done.stderr
        assert cases() == []

    def test_with_curl_judge_and_file_a_complaint(self, address: str, tmp_path: Path) -> None:
        require(shutil.which("curl") is not None, "curl")
        code = example("sh").replace("http://tangerang.localhost:8000", address)
        done = run("sh", "-eu", "-c", code, folder=tmp_path)
        assert done.returncode == 0, done.stderr
        assert '"valid": true' in done.stdout
        (case,) = cases()
        assert case.reference in done.stdout
