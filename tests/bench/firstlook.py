"""From a fresh clone to a demonstration that answers, with packages already downloaded."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.bench import budget
from tests.stack import ROOT, free_port

BUDGET = 60
LONGEST = 600
HOSTS = ("tangerang.localhost", "poso.localhost")


def report() -> None:
    """Print seconds until both regions answer; the first clone fills the caches of pip, uv and npm."""
    with tempfile.TemporaryDirectory(prefix="rakit-first-") as folder:
        downloading, _busy = _look(Path(folder) / "first")
        downloaded, busy = _look(Path(folder) / "second")
    print("\nFirst look: git clone, make run, until two regions answer")
    print(f"packages downloaded before  {downloaded:6.0f} s   {budget.at_most(downloaded, BUDGET, ' s')}")
    print(f"processor time of that      {busy:6.0f} s   (what a busy machine does not change)")
    print(f"the run before that one     {downloading:6.0f} s")


def _look(clone: Path) -> tuple[float, float]:
    """Return the seconds until both regions answer, and the processor seconds of everything started."""
    began, busy = time.monotonic(), _children()
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    port = free_port()
    own = ("RAKIT_", "DJANGO_SETTINGS_MODULE", "VIRTUAL_ENV", "PYTHONPATH")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    with (clone / "run.log").open("wb") as log:
        process = subprocess.Popen(
            [getattr(sys, "_base_executable", sys.executable), "-m", "cms.bootstrap", "run"],
            cwd=clone,
            env={**kept, "PORT": str(port)},
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    try:
        _wait(process, port, began, clone / "run.log")
        taken = time.monotonic() - began
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)
    return taken, _children() - busy


def _children() -> float:
    """Return the processor seconds of all processes that were started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _wait(process: subprocess.Popen[bytes], port: int, began: float, log: Path) -> None:
    waiting = set(HOSTS)
    while waiting:
        if process.poll() is not None or time.monotonic() - began > LONGEST:
            raise SystemExit("The clone did not start:\n" + log.read_text(errors="replace")[-2000:])
        for host in sorted(waiting):
            asked = urllib.request.Request(f"http://127.0.0.1:{port}/", headers={"Host": f"{host}:{port}"})
            try:
                with urllib.request.urlopen(asked, timeout=10):
                    waiting.discard(host)
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
