"""The installations that tests start: copies of one, each its own, and nothing left behind."""

from __future__ import annotations

import os
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests import prepared
from tests.stack import NeverReady, Stack

pytestmark = pytest.mark.database
POSTGRES = address if (address := os.environ.get("RAKIT_DATABASE_URL", "")).startswith("postgres") else ""


@pytest.fixture
def twins(tmp_path: Path) -> Iterator[tuple[Stack, Stack]]:
    """Two installations, prepared and not started."""
    one, other = Stack(tmp_path / "one", postgres=POSTGRES), Stack(tmp_path / "other", postgres=POSTGRES)
    try:
        one.prepare()
        other.prepare()
        yield one, other
    finally:
        one.end()
        other.end()


def asked(stack: Stack, statement: str) -> Any:
    """Return what the installation's database answers; row-level security is set aside."""
    if stack.postgres:
        with psycopg.connect(stack.database_url) as connection:
            connection.execute("SET row_security = off")
            return connection.execute(statement).fetchone()
    with closing(sqlite3.connect(stack.folder / "rakit.sqlite3")) as connection:
        return connection.execute(statement).fetchone()


class TestStack:
    def test_has_the_demonstration_and_its_files_in_each_copy(self, twins: tuple[Stack, Stack]) -> None:
        files = [
            sorted(
                path.relative_to(stack.folder) for path in stack.folder.glob("files/**/*") if path.is_file()
            )
            for stack in twins
        ]
        assert files[0]
        assert files[0] == files[1]
        accounts = [asked(stack, "SELECT count(*) FROM regions_user") for stack in twins]
        assert accounts[0] == accounts[1]
        assert accounts[0][0] > 10

    def test_shares_no_row_with_another(self, twins: tuple[Stack, Stack]) -> None:
        one, other = twins
        one.manage(
            "shell", "-c", "from runtime.regions.models import User; User.objects.create(username='x')"
        )
        found = "SELECT count(*) FROM regions_user WHERE username = 'x'"
        assert (asked(one, found)[0], asked(other, found)[0]) == (1, 0)

    def test_leaves_nothing_behind_when_the_site_cannot_start(self, tmp_path: Path) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            stack = Stack(tmp_path / "site", postgres=POSTGRES, port=taken.getsockname()[1])
            with pytest.raises(NeverReady), stack:
                pass
        assert stack.web is None
        if POSTGRES:
            with psycopg.connect(POSTGRES) as connection:
                named = connection.execute(
                    "SELECT datname FROM pg_database WHERE datname LIKE 'rakit_stack_%'"
                )
                assert stack.database_url.rpartition("/")[2] not in {name for (name,) in named} | {""}


class TestPrepared:
    def test_makes_once_and_again_after_a_failure(self, tmp_path: Path) -> None:
        folder, made = tmp_path / "made", []

        def fail() -> None:
            (folder / "half").touch()
            raise OSError

        def make() -> None:
            made.append(sorted(path.name for path in folder.iterdir()))

        with pytest.raises(OSError, match=r"^$"):
            prepared.once(folder, fail)
        prepared.once(folder, make)
        prepared.once(folder, make)
        assert made == [[]]
