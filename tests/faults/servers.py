"""PostgreSQL, Redis and RabbitMQ of our own, on ports of their own, to be killed and started again.

Whatever else runs on the machine is left alone. A server that runs as root refuses to: then it is started as
the account its package has made.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from glob import glob
from pathlib import Path
from typing import Any

import psycopg

from tests.stack import free_port

ROLE = "CREATE ROLE rakit LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS"


class Missing(Exception):
    """A program that is needed is not installed; the text says which."""


@dataclass
class Server:
    """A server process in a folder and on a port of its own."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, with whatever its folder holds, and wait until it answers."""
        self.folder.mkdir(exist_ok=True)
        self.folder.parent.chmod(0o711)
        self._spawn()
        self.wait()

    def kill(self) -> None:
        """End it and all its children without a word."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None

    def silence(self) -> None:
        """Let it take connections and say nothing any more: a broker behind a broken network."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGSTOP)

    def wake(self) -> None:
        """Let it go on after `silence`."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGCONT)

    def lose_everything(self) -> None:
        """Come back with nothing of what it held."""
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.start()

    def wait(self, seconds: float = 90) -> None:
        """Wait until it answers."""
        end = time.monotonic() + seconds
        while not self.answers():
            if time.monotonic() > end or (self.process and self.process.poll() is not None):
                raise TimeoutError(f"{type(self).__name__} did not answer: {self._log()}")
            time.sleep(0.1)

    def answers(self) -> bool:
        """Tell whether it takes connections."""
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
            return True
        return False

    def _spawn(self) -> None:
        raise NotImplementedError

    def _log(self) -> str:
        file = self.folder / "log"
        return file.read_text(encoding="utf-8", errors="replace")[-600:] if file.exists() else ""

    def _popen(self, command: list[str], **more: Any) -> None:
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=self.folder,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                **more,
            )


class Postgres(Server):
    """A database server with a role as in production: row-level security binds it."""

    @property
    def url(self) -> str:
        return f"postgres://rakit@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Begin with an empty cluster, or with the one that is there."""
        if not (self.folder / "data").exists():
            self._initialise()
        super().start()

    def stop_at_once(self) -> None:
        """Shut down without a checkpoint and without asking anybody, as `pg_ctl -m immediate` does."""
        assert self.process is not None
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(30)
        self.process = None

    def answers(self) -> bool:
        """Tell whether it answers a question."""
        try:
            with self.ask("SELECT 1"):
                return True
        except psycopg.OperationalError:
            return False

    def ask(self, *statements: str) -> psycopg.Connection[Any]:
        """Run statements as the server's owner; return the connection."""
        connection = psycopg.connect(
            f"postgres://{self._owner}@127.0.0.1:{self.port}/postgres", autocommit=True, connect_timeout=2
        )
        for statement in statements:
            connection.execute(statement.encode())
        return connection

    def lend(self, folder: Path) -> None:
        """Give a folder to the account the server runs as."""
        if os.geteuid() == 0:
            shutil.chown(folder, self._owner)

    @property
    def _owner(self) -> str:
        return "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name

    @property
    def _as(self) -> dict[str, Any]:
        return {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}

    def _initialise(self) -> None:
        self.folder.mkdir(exist_ok=True)
        self.folder.parent.chmod(0o711)
        self.lend(self.folder)
        command = [_program("initdb"), "-D", str(self.folder / "data"), "-U", self._owner, "-A", "trust"]
        subprocess.run(
            [*command, "-E", "UTF8", "--no-locale"],
            cwd=self.folder,
            check=True,
            capture_output=True,
            **self._as,
        )
        self._spawn()
        self.wait()
        self.ask(ROLE).close()
        self.stop_at_once()

    def _spawn(self) -> None:
        options = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "max_connections": "80"}
        settings = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        data = str(self.folder / "data")
        self._popen([_program("postgres"), "-D", data, "-p", str(self.port), *settings], **self._as)


class Redis(Server):
    """A broker that keeps nothing on disk."""

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def _spawn(self) -> None:
        keep_nothing = ["--save", "", "--appendonly", "no", "--bind", "127.0.0.1"]
        self._popen([_program("redis-server"), "--port", str(self.port), *keep_nothing])


class RabbitMQ(Server):
    """A broker with a node name of its own."""

    @property
    def url(self) -> str:
        return f"amqp://guest:guest@127.0.0.1:{self.port}//"

    def answers(self) -> bool:
        """Tell whether it greets as a broker does; the port opens long before."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=2) as line:
                line.sendall(b"AMQP\x00\x00\x09\x01")
                line.settimeout(5)
                return bool(line.recv(1))
        except OSError:
            return False

    def _spawn(self) -> None:
        (self.folder / "rabbit.conf").write_text(f"listeners.tcp.local = 127.0.0.1:{self.port}\n")
        (self.folder / "plugins").write_text("[].\n")
        own = {
            "HOME": str(self.folder),
            "RABBITMQ_NODENAME": f"rakit{self.port}@localhost",
            "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_CONFIG_FILE": str(self.folder / "rabbit.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "plugins"),
            "RABBITMQ_MNESIA_BASE": str(self.folder / "mnesia"),
            "RABBITMQ_LOG_BASE": str(self.folder / "logs"),
            "RABBITMQ_PID_FILE": str(self.folder / "pid"),
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "ERL_EPMD_ADDRESS": "127.0.0.1",
        }
        self._popen([_program("rabbitmq-server")], env={**os.environ, **own})


BROKERS: dict[str, type[Server]] = {"redis": Redis, "rabbitmq": RabbitMQ}


def _program(name: str) -> str:
    """Return the path of a server's program: packages hide some outside of PATH."""
    hidden = {
        "initdb": "/usr/lib/postgresql/*/bin/initdb",
        "postgres": "/usr/lib/postgresql/*/bin/postgres",
        "rabbitmq-server": "/usr/lib/rabbitmq/bin/rabbitmq-server",
    }
    found = sorted(glob(hidden.get(name, ""))) or [path for path in (shutil.which(name),) if path]
    if not found:
        raise Missing(f"{name} is not installed on this machine")
    return found[-1]
