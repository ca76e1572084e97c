"""The empty tables that tests begin with: migrated by one process of a run, copied by the others."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection

from tests import prepared


def share(server: str) -> None:
    """Have Django make this process's test database from a copy, if several processes share the run.

    Django migrates the copy as well, which finds nothing to do.
    """
    shared = prepared.place()
    if shared is None or shared == Path(connection.settings_dict["TEST"]["NAME"] or "").parent:
        return
    folder = shared / f"tables-{connection.vendor}"
    if connection.vendor == "postgresql":
        name = prepared.named("tables", shared)
        prepared.once(folder, lambda: _migrated_beside(server, name))
        connection.settings_dict["TEST"]["TEMPLATE"] = name
    else:
        file = folder / "tables.sqlite3"
        prepared.once(folder, lambda: _migrated(str(file)))
        _begin_with(file)


def _migrated_beside(server: str, name: str) -> None:
    prepared.drop(server, name)
    prepared.create(server, name)
    _migrated(name)


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
