"""The empty tables that tests begin with: migrated by one process of a run, copied by the others."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection

from tests import prepared

FILE = "rakit.sqlite3"


def share(server: str) -> None:
    """Have Django make this process's test database from a copy, if several processes share the run.

    Django migrates the copy as well, which finds nothing to do.
    """
    shared = prepared.place()
    if shared is None or shared == Path(connection.settings_dict["TEST"]["NAME"] or "").parent:
        return
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = of_server(shared, server, _migrated)
    else:
        _begin_with(of_file(shared, lambda file: _migrated(str(file))))


def of_file(shared: Path, migrate: Callable[[Path], object]) -> Path:
    """Return the SQLite file of this run that was migrated from nothing; `migrate` makes it, if need be."""
    folder = shared / "tables-file"
    prepared.once(folder, lambda: migrate(folder / FILE))
    return folder / FILE


def of_server(shared: Path, server: str, migrate: Callable[[str], None]) -> str:
    """Return the name of the database beside `server` that has been migrated, by `migrate` if need be."""
    name = prepared.named("tables", shared)

    def make() -> None:
        prepared.drop(server, name)
        prepared.create(server, name)
        migrate(name)

    prepared.once(shared / "tables-postgresql", make)
    return name


def _migrated(name: str) -> None:
    """Migrate the empty database of that name and leave it alone."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


def _begin_with(file: Path) -> None:
    """Let the creation of a SQLite test database start from a copy of `file`, unless it keeps an old one."""
    create: Any = connection.creation._create_test_db

    def copied(*args: Any, **kwargs: Any) -> str:
        name: str = create(*args, **kwargs)
        if not Path(name).exists():
            shutil.copyfile(file, name)
        return name

    connection.creation._create_test_db = copied
