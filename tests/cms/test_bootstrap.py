"""From a fresh clone to a running site: trouble is told in a sentence, and nothing is done twice."""

from __future__ import annotations

import ast
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cms.bootstrap import browser, machine, site
from tests import prepared, tables
from tests.stack import migrated_file

ROOT = Path(__file__).parents[2]


@pytest.fixture
def taken() -> Iterator[int]:
    """A port somebody else listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


class TestMain:
    def test_can_be_read_by_an_old_python_to_say_that_it_is_too_old(self) -> None:
        for name in ("__init__.py", "bootstrap/__init__.py", "bootstrap/__main__.py"):
            ast.parse((ROOT / "cms" / name).read_text(), feature_version=(3, 7))

    def test_uses_nothing_that_is_not_installed_yet(self) -> None:
        program = "import sys; sys.argv = ['x']; import cms.bootstrap.commands; print(*sys.modules)"
        bare = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {program}"]
        result = subprocess.run(bare, capture_output=True, text=True, check=True)
        assert not {"django", "pytest", "polib", "granian"} & set(result.stdout.split())

    def test_names_its_commands(self) -> None:
        result = subprocess.run(
            [sys.executable, "-m", "cms.bootstrap", "dance"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 2
        assert "run, test, check" in result.stdout


class TestChosenPort:
    def test_says_which_command_to_give_when_the_port_is_in_use(
        self, taken: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PORT", str(taken))
        with pytest.raises(machine.Trouble, match=f"Port {taken} is in use.*make run PORT="):
            site.chosen_port()

    @pytest.mark.parametrize("text", ["abc", "0", "70000", "-1", "80 80"])
    def test_refuses_what_is_no_port(self, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PORT", text)
        with pytest.raises(machine.Trouble, match="PORT must be a number"):
            site.chosen_port()


class TestReset:
    def test_never_touches_a_database_of_ones_own(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("RAKIT_DATABASE_URL", "postgres://a:b@c/d")
        with pytest.raises(machine.Trouble, match="only empties the SQLite"):
            site.reset()


class TestMemory:
    def test_is_given_back_in_a_city_as_here(self) -> None:
        told = (site.ROOT / "README.md").read_text(encoding="utf-8")
        for name, value in site.MEMORY.items():
            assert f"export {name}={value}\n" in told


class TestStamp:
    def test_is_fresh_until_something_changes(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(machine, "ROOT", tmp_path)
        source = tmp_path / "source"
        source.mkdir()
        (source / "a.txt").write_text("one")
        stamp = tmp_path / "stamp"
        assert not machine.Stamp(stamp, source).fresh()
        machine.Stamp(stamp, source).set()
        assert machine.Stamp(stamp, source).fresh()
        (source / "b.txt").write_text("")
        assert not machine.Stamp(stamp, source).fresh()


class TestRun:
    def test_tells_the_sentence_and_the_last_lines_of_what_failed(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(machine.Trouble, match="so it is"):
            machine.run([sys.executable, "-c", "print('why'); exit(3)"], trouble="so it is", quiet=True)
        assert "why" in capsys.readouterr().out


class TestKeepCompiled:
    def test_keeps_it_in_the_environment_where_nothing_may_lie_beside_the_sources(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PYTHONPYCACHEPREFIX", "taken away again afterwards")
        monkeypatch.delenv("PYTHONPYCACHEPREFIX")
        monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
        machine.keep_compiled()
        told = "import sys; print(sys.dont_write_bytecode, sys.pycache_prefix)"
        assert machine.heard([sys.executable, "-c", told])[1].split() == ["False", str(machine.COMPILED)]

    def test_leaves_a_machine_alone_that_keeps_it_anyway(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
        machine.keep_compiled()
        assert "PYTHONPYCACHEPREFIX" not in os.environ


class TestBrowser:
    def test_is_the_one_that_was_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("RAKIT_CHROMIUM", "/somewhere/chromium")
        assert browser.ensure() == {"RAKIT_CHROMIUM": "/somewhere/chromium"}


class TestRunningSite:
    def test_answers_prints_its_accounts_and_stops_when_asked(self, tmp_path: Path) -> None:
        """The whole of `make run` but what this run has behind it: installing, and migrating from nothing."""
        if shared := prepared.place():
            shutil.copyfile(migrated_file(shared), tmp_path / tables.FILE)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("RAKIT_", "DJANGO_"))
        }
        program = (
            f"from cms.bootstrap import site; site.prepare({port}); raise SystemExit(site.serve({port}))"
        )
        process = subprocess.Popen(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={**kept, "RAKIT_VAR": str(tmp_path)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        printed = []
        for line in process.stdout:
            printed.append(line)
            if "Ctrl+C" in line:
                break
        page = urllib.request.Request(f"http://127.0.0.1:{port}/", headers={"Host": f"poso.localhost:{port}"})
        with urllib.request.urlopen(page, timeout=10) as response:
            text = response.read().decode()
        process.terminate()
        assert process.wait(20) == 0
        assert "Kabupaten Poso" in text
        assert f"http://tangerang.localhost:{port}/" in "".join(printed)
        with closing(sqlite3.connect(tmp_path / tables.FILE)) as database:
            assert database.execute("SELECT count(*) FROM areas_area").fetchone()[0] > 80_000


class TestExtras:
    """What a server may do without."""

    def test_are_locked_as_what_comes_on_top_and_are_there_to_run_and_to_work(self) -> None:
        locks = {path.stem: path.read_text() for path in (ROOT / "requirements").glob("*.txt")}
        names = {stem: set(re.findall(r"^([\w.-]+)==", text, re.MULTILINE)) for stem, text in locks.items()}
        assert names["xlsform"] == {"lark", "pyxform", "xlrd"}
        assert not names["xlsform"] & names["base"]
        assert names["xlsform"] <= names["run"] & names["dev"]


class TestPeers:
    """What we only measure beside is under a licence we could not ship."""

    def test_are_locked_apart_from_what_is_installed_to_run_or_to_work(self) -> None:
        locks = {path.stem: path.read_text() for path in (ROOT / "requirements").glob("*.txt")}
        names = {stem: set(re.findall(r"^([\w.-]+)==", text, re.MULTILINE)) for stem, text in locks.items()}
        assert "django-viewflow" in names["bench"]
        for lock in ("base", "run", "dev", "uv"):
            assert names[lock]
            assert not names[lock] & names["bench"]

    def test_are_imported_by_what_measures_and_nothing_else(self) -> None:
        tracked = subprocess.run(
            ["git", "grep", "-lE", r"(from|import) viewflow", "--", "*.py"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        ).stdout.split()
        assert set(tracked) == {"tests/bench/peer/flows.py"}
