"""A whole installation as a city runs it: its own folder, database, web process and, if asked, a worker.

Used by the journeys, the fault runs and the screenshots. Everything is real: granian, the browser's
cookies, the outbox, the broker. Mail goes to a folder.
"""

from __future__ import annotations

import email
import email.policy
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType

from cms.bootstrap.site import MEMORY
from tests import prepared, tables

ROOT = Path(__file__).resolve().parents[1]
GRANIAN = Path(sys.executable).with_name("granian")


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def migrated_file(shared: Path) -> Path:
    """Return the SQLite file without rows of its own that the processes of this run copy."""
    return tables.of_file(shared, lambda file: Stack(file.parent).manage("migrate", "--verbosity", "0"))


class NeverReady(Exception):
    """The web process did not answer in time."""


@dataclass
class Stack:
    """An installation. `postgres` is the address of a server's database to create a new one beside."""

    folder: Path
    postgres: str = ""
    broker: str = ""
    port: int = field(default_factory=free_port)
    settings: dict[str, str] = field(default_factory=dict)
    web: subprocess.Popen[bytes] | None = None
    worker: subprocess.Popen[bytes] | None = None
    _database: str = ""

    def __enter__(self) -> Stack:
        try:
            self.prepare()
            self.start()
        except BaseException:
            self.end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def prepare(self) -> None:
        """Fill the database and the folder: with a copy of what this run of tests has prepared, if it can.

        The demonstration keeps nothing of its port or queue; other settings may change what it does.
        """
        shared = None if self.settings else prepared.place()
        if shared:
            self._copy(shared)
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        self._create_database()
        self.manage("migrate", "--verbosity", "0")
        self.manage("demo")

    def end(self) -> None:
        """End all processes and remove the database."""
        self.stop()
        if self._database:
            prepared.drop(self.postgres, self._database)

    @property
    def mail_folder(self) -> Path:
        return self.folder / "mail"

    def environment(self) -> dict[str, str]:
        """Return the environment of every process of this installation."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("RAKIT_")}
        return {
            **MEMORY,
            **kept,
            "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
            "RAKIT_VAR": str(self.folder),
            "RAKIT_DATABASE_URL": self.database_url,
            "RAKIT_EMAIL_URL": f"file://{self.mail_folder}",
            "RAKIT_BASE_PORT": str(self.port),
            "RAKIT_QUEUE": "celery" if self.broker else "embedded",
            "RAKIT_QUEUE_NAME": f"stack-{self.port}",
            "RAKIT_SWEEP_SECONDS": "1",
            **({"RAKIT_BROKER_URL": self.broker} if self.broker else {}),
            **self.settings,
        }

    @property
    def database_url(self) -> str:
        """Return the address of this installation's database."""
        if not self.postgres:
            return f"sqlite://{self.folder / tables.FILE}"
        return self.postgres.rpartition("/")[0] + "/" + self._database

    def manage(self, *words: str) -> str:
        """Run a management command and return what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=900,  # a busy machine took more than 300 to migrate
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"manage.py {' '.join(words)} failed:\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def start(self) -> None:
        """Start the web process, and the worker when there is a broker; wait until it answers."""
        self.start_web()
        if self.broker:
            self.start_worker()

    def start_web(self) -> None:
        """Start granian on this installation's port and wait until it answers."""
        self.web = self._spawn(
            [
                *(str(GRANIAN), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port)),
                *("--workers", "1", "--blocking-threads", "8", "--no-log", "cms.wsgi:application"),
            ],
            "web.log",
        )
        self._wait_until_ready()

    def start_worker(self, name: str = "beat") -> None:
        """Start a Celery worker with its own beat, which keeps its clock in the file `name`."""
        self.worker = self._spawn(
            [
                *(sys.executable, "-m", "celery", "-A", "cms", "worker", "--beat"),
                *("--schedule", str(self.folder / name), "--concurrency", "1", "--loglevel", "warning"),
                *("--without-gossip", "--without-mingle", "--hostname", f"stack-{self.port}-{name}@%h"),
            ],
            "worker.log",
        )

    def stop(self) -> None:
        """End all processes, politely first."""
        for process in (self.worker, self.web):
            if process is None or process.poll() is not None:
                continue
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self.worker = self.web = None

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """End a process and its children without a word, as a power cut would."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def url(self, host: str, path: str = "/") -> str:
        """Return an address on a region's site, e.g. `url("tangerang", "/desk/")`."""
        name = "localhost" if host == "localhost" else f"{host}.localhost"
        return f"http://{name}:{self.port}{path}"

    def mails(self) -> list[EmailMessage]:
        """Return every mail sent so far, oldest first."""
        found: list[EmailMessage] = []
        for file in sorted(self.mail_folder.glob("*.log"), key=lambda path: path.stat().st_mtime_ns):
            parts = file.read_text(encoding="utf-8").split("\n" + "-" * 79 + "\n")
            for text in parts:
                if text.strip():
                    found.append(email.message_from_string(text, policy=email.policy.default))  # type: ignore[arg-type]
        return found

    def wait_for_mail(
        self, *, to: str, about: str = "", count: int = 1, seconds: float = 30
    ) -> list[EmailMessage]:
        """Return the mails to an address with `about` in them as soon as there are `count`.

        Fails after `seconds`.
        """
        end = time.monotonic() + seconds
        while True:
            found = [m for m in self.mails() if to in str(m["To"]) and about in m.get_content()]
            if len(found) >= count:
                return found
            if time.monotonic() > end:
                raise AssertionError(f"{len(found)} of {count} mails to {to} after {seconds} s")
            time.sleep(0.2)

    def log(self, name: str) -> str:
        """Return the end of a process's log."""
        path = self.folder / name
        return path.read_text(encoding="utf-8", errors="replace")[-4000:] if path.exists() else ""

    def _spawn(self, command: list[str], log: str) -> subprocess.Popen[bytes]:
        with (self.folder / log).open("ab") as output:
            return subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment(),
                stdout=output,
                stderr=output,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    def _wait_until_ready(self, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert self.web is not None
            if self.web.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/ready", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise NeverReady(self.log("web.log"))

    def _copy(self, shared: Path) -> None:
        """Copy the installation of this run; without one yet, make it."""
        folder = shared / ("site-postgresql" if self.postgres else "site-sqlite")
        first = Stack(folder, postgres=self.postgres)
        name = prepared.named("site", shared) if self.postgres else ""
        prepared.once(folder, lambda: first._make_first(name, shared))
        shutil.copytree(folder, self.folder, dirs_exist_ok=True)
        self._create_database(like=name)

    def _make_first(self, name: str, shared: Path) -> None:
        """Load the demonstration into a copy of the migrated tables of this run."""
        if name:
            like = tables.of_server(shared, self.postgres, self._migrate)
            prepared.drop(self.postgres, name)
            prepared.create(self.postgres, name, like=like)
        else:
            shutil.copyfile(migrated_file(shared), self.folder / tables.FILE)
        self._database = name
        self.manage("migrate", "--verbosity", "0")
        self.manage("demo")

    def _migrate(self, name: str) -> None:
        Stack(self.folder, postgres=self.postgres, _database=name).manage("migrate", "--verbosity", "0")

    def _create_database(self, like: str = "") -> None:
        if self.postgres:
            self._database = f"rakit_stack_{uuid.uuid4().hex[:10]}"
            prepared.create(self.postgres, self._database, like=like)
