"""Small things about this machine: folders, running a program, saying what happens, remembering stamps."""

from __future__ import annotations

import hashlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
VAR = Path(os.environ.get("RAKIT_VAR", "") or ROOT / "var")
CODE = ("schemas", "runtime", "builder", "cms")
TAIL = 15
COMPILED = VENV / "pycache"


class Trouble(Exception):
    """Something on the machine is not as needed; the text says what to do."""


def keep_compiled() -> None:
    """Let the programs we start keep what Python compiles, in `.venv` if it may not lie beside the sources.

    Where Python keeps nothing, as in many containers, each of them takes three times as long to begin.
    """
    if os.environ.get("PYTHONDONTWRITEBYTECODE"):
        os.environ["PYTHONDONTWRITEBYTECODE"] = ""
        os.environ.setdefault("PYTHONPYCACHEPREFIX", str(COMPILED))


def say(text: str) -> None:
    """Print one line at once, also into a pipe."""
    print(text, flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Print what is being done and how long it took."""
    started = time.monotonic()
    say(f"· {title} …")
    yield
    say(f"  done in {time.monotonic() - started:.1f} s")


def tool(name: str) -> str:
    """Return the path of a program of the virtual environment."""
    return str(BIN / (f"{name}.exe" if os.name == "nt" else name))


def run(
    command: Sequence[str], *, trouble: str = "", env: Mapping[str, str] | None = None, quiet: bool = False
) -> int:
    """Run a program in the project's folder.

    With `quiet` its output is shown only when it fails. With `trouble` a failure stops everything
    with that sentence; without, the exit status is returned.
    """
    result = _process(command, env, kept=quiet)
    if result.returncode and quiet:
        say("\n".join(f"    {line}" for line in result.stdout.splitlines()[-TAIL:]))
    if result.returncode and trouble:
        raise Trouble(trouble)
    return result.returncode


def heard(command: Sequence[str], env: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Run a program in the project's folder; return its exit status and all that it said."""
    result = _process(command, env, kept=True)
    return result.returncode, result.stdout


def _process(
    command: Sequence[str], env: Mapping[str, str] | None, *, kept: bool
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        list(command),
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if kept else None,
        stderr=subprocess.STDOUT if kept else None,
        text=True,
        errors="replace",
        check=False,
    )


def digest(paths: Iterable[Path]) -> str:
    """Return one digest of the contents of files; folders are walked."""
    total = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    for path in sorted(_files(paths)):
        total.update(f"{path.relative_to(ROOT)}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from (
                file
                for file in path.rglob("*")
                if file.is_file() and "__pycache__" not in file.parts and file.suffix not in {".pyc", ".mo"}
            )
        elif path.exists():
            yield path


class Stamp:
    """Remembers for which contents something was done, to do it again only after a change."""

    def __init__(self, path: Path, *sources: Path) -> None:
        self.path = path
        self.now = digest(sources)

    def fresh(self) -> bool:
        """Tell whether nothing changed since the last time."""
        return self.path.exists() and self.path.read_text() == self.now

    def set(self) -> None:
        """Remember that it is done."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(self.now)


def port_is_free(host: str, port: int) -> bool:
    """Tell whether a server could listen there."""
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError:
            return False
    return True
