"""Processes with a database each that are asked in turn, so that both meet the same weather of the machine.

Nothing here imports a model: a new process reads this file before Django is set up.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

_spawn = multiprocessing.get_context("spawn")


class Side:
    """One process with `size` open cases."""

    def __init__(self, size: int) -> None:
        self._pipe, theirs = _spawn.Pipe()
        self._process = _spawn.Process(target=_serve, args=(theirs, size))
        self._process.start()
        theirs.close()

    def ask(self, what: str, *more: str) -> Any:
        self._pipe.send((what, *more))
        return self._pipe.recv()

    def end(self) -> None:
        self._pipe.close()
        self._process.join()


@contextmanager
def beside(sizes: Sequence[int]) -> Iterator[dict[int, Side]]:
    """Have one process for each size; they get ready at the same time."""
    both = {size: Side(size) for size in sizes}
    try:
        yield both
    finally:
        for side in both.values():
            side.end()


def _serve(pipe: Connection, size: int) -> None:
    _keep_apart(size)
    from tests.bench import run

    with run.database():
        from tests.bench import backlog, world

        answer = backlog.answers(world.build(), size)
        while True:
            try:
                what = pipe.recv()
            except EOFError:
                return
            pipe.send(answer(*what))


def _keep_apart(size: int) -> None:
    """Name a database of its own for this process: another on the server, or a file in another folder."""
    url = os.environ.get("RAKIT_DATABASE_URL", "")
    if url:
        parts = urlsplit(url)
        os.environ["RAKIT_DATABASE_URL"] = urlunsplit(parts._replace(path=f"{parts.path}_{size}"))
    folder = Path(os.environ["RAKIT_TEST_VAR"]) / str(size)
    folder.mkdir()
    os.environ["RAKIT_TEST_VAR"] = str(folder)
