"""What is prepared once in a run of tests and copied from then on: migrated tables, and the demonstration.

The processes of one run share a folder; whoever comes first prepares, the others wait and copy. Outside
of a run of tests there is nothing to share.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

_READY, _TRIES = ".ready", 20


def place() -> Path | None:
    """Return the folder that the processes of this run share; none outside of a run of tests."""
    own = os.environ.get("RAKIT_TEST_VAR", "")
    if not own or "PYTEST_VERSION" not in os.environ:
        return None
    folder = Path(own)
    return folder.parent if folder.name == os.environ.get("PYTEST_XDIST_WORKER") else folder


def once(folder: Path, make: Callable[[], None]) -> None:
    """Fill `folder` with `make`, unless another process of this run has; wait while one does."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / _READY).exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make()
            (folder / _READY).touch()


def create(server: str, name: str, *, like: str = "") -> None:
    """Create a PostgreSQL database beside `server`, empty or a copy."""
    template = f' TEMPLATE "{like}"' if like else ""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"{template}')


def drop(server: str, name: str) -> None:
    """Remove a PostgreSQL database, whoever is connected to it.

    The server's own vacuum may be in there, which only a superuser may send away: it goes by itself.
    """
    with psycopg.connect(server, autocommit=True) as connection:
        for _ in range(_TRIES):
            try:
                connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
                return
            except psycopg.errors.InsufficientPrivilege:
                time.sleep(1)
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')


def named(what: str, shared: Path) -> str:
    """Return the name of the database of this run that others are copied from."""
    return f"rakit_{what}_{shared.name.replace('-', '_').lower()}"


def forget(server: str) -> None:
    """Remove the databases that others of this run were copied from."""
    shared = place()
    for what in ("site", "tables"):
        if shared and (shared / f"{what}-postgresql").exists():
            drop(server, named(what, shared))
