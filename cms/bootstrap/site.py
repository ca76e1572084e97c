"""Prepares the demonstration's database and files, and runs the site until it is stopped."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request

from cms.bootstrap.machine import CODE, ROOT, VAR, Stamp, Trouble, port_is_free, run, say, step, tool

HOST = os.environ.get("BIND", "") or "127.0.0.1"
# What many large files at once have used is given back at once: few pools for all threads of the server
# (glibc), and none kept for what it has read off the line (jemalloc). README.md tells a city to set the same.
MEMORY = {
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_TRIM_THRESHOLD_": "131072",
    "_RJEM_MALLOC_CONF": "dirty_decay_ms:0,muzzy_decay_ms:0,narenas:1,tcache:false",
}
_DATABASE_FILES = ("rakit.sqlite3", "rakit.sqlite3-wal", "rakit.sqlite3-shm")
_START_SECONDS = 60
_STOP_SECONDS = 15


def settings(port: int) -> dict[str, str]:
    """Return the environment of the demonstration: development settings without the debug pages."""
    return {
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "cms.settings.dev"),
        "RAKIT_DEBUG": os.environ.get("RAKIT_DEBUG", "no"),
        "RAKIT_BASE_PORT": str(port),
        "RAKIT_VAR": str(VAR),
    }


def chosen_port() -> int:
    """Return the port asked for, when it can be listened on."""
    text = os.environ.get("PORT", "") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Trouble(f"PORT must be a number between 1 and 65535, not {text!r}.")
    port = int(text)
    if not port_is_free(HOST, port):
        raise Trouble(
            f"Port {port} is in use, perhaps by a site started earlier. Stop it, or choose another port: "
            f"make run PORT={port + 1 if port < 65535 else 8000}"
        )
    return port


def reset() -> None:
    """Remove the demonstration's data: its SQLite database and its files."""
    if os.environ.get("RAKIT_DATABASE_URL"):
        raise Trouble("RESET=1 only empties the SQLite database in var/. Empty your own database yourself.")
    for name in _DATABASE_FILES:
        (VAR / name).unlink(missing_ok=True)
    shutil.rmtree(VAR / "files", ignore_errors=True)
    (VAR / ".prepared").unlink(missing_ok=True)
    say("· The data of the demonstration are removed.")


def prepare(port: int) -> None:
    """Bring texts, database, static files and demonstration up to date; nothing to do without a change."""
    stamp = Stamp(
        VAR / ".prepared",
        *(ROOT / name for name in (*CODE, "requirements/run.txt")),
        ROOT / "build" / ".stamp",
    )
    own_file = not os.environ.get("RAKIT_DATABASE_URL")
    if stamp.fresh() and not (own_file and not (VAR / _DATABASE_FILES[0]).exists()):
        return
    collected = Stamp(
        VAR / ".collected",
        ROOT / "build" / ".stamp",
        ROOT / "requirements" / "run.txt",
        *(folder for name in CODE for folder in (ROOT / name).glob("**/static")),
    )
    with step("Preparing database, texts, files and demonstration"):
        run(
            [tool("python"), "manage.py", "prepare", *([] if collected.fresh() else ["--collect"])],
            trouble="The site could not be prepared; the lines above say why.",
            env=settings(port),
        )
        collected.set()
        stamp.set()


def serve(port: int) -> int:
    """Start the site, print its addresses once it answers, and stay until it ends."""
    command = [
        *(tool("granian"), "--interface", "wsgi", "--host", HOST, "--port", str(port)),
        *("--workers", "1", "--blocking-threads", "8", "--no-ws", "--log-level", "error"),
        "cms.wsgi:application",
    ]
    # A session of its own: a Ctrl+C reaches the site once, through this program, and not twice.
    process = subprocess.Popen(
        command, cwd=ROOT, env={**MEMORY, **os.environ, **settings(port)}, start_new_session=True
    )
    stopping: list[float] = []

    def stop(_number: int, _frame: object) -> None:
        if not stopping:
            process.terminate()
        stopping.append(time.monotonic())

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    if _answers(process, port):
        say((VAR / "demo.txt").read_text(encoding="utf-8").replace("{port}", str(port)))
        say("Stop with Ctrl+C.")
    return _wait(process, stopping)


def _wait(process: subprocess.Popen[bytes], stopping: list[float]) -> int:
    """Wait for the end; a site that does not end after being asked is ended."""
    while True:
        try:
            status = process.wait(timeout=1)
            return 0 if stopping else status
        except subprocess.TimeoutExpired:
            if stopping and time.monotonic() - stopping[0] > _STOP_SECONDS:
                os.killpg(process.pid, signal.SIGKILL)


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    """Wait until the site is ready; return False when it ended before."""
    address = f"http://{HOST if HOST != '0.0.0.0' else '127.0.0.1'}:{port}/health/ready"  # noqa: S104 - compared, not bound
    until = time.monotonic() + _START_SECONDS
    while process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return True
        except (urllib.error.URLError, OSError):
            if time.monotonic() > until:
                process.terminate()
                raise Trouble("The site did not answer within a minute; the lines above say why.") from None
            time.sleep(0.1)
    return False
