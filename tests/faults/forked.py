"""Real processes, forked from this one so that they begin within milliseconds: to race, and to be killed.

Each has connections to the database of its own. Fork only while no other thread runs.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from django.db import connection, connections

T = TypeVar("T")
_context = multiprocessing.get_context("fork")
barrier = _context.Barrier
DIED = -signal.SIGKILL


class Failed(Exception):
    """Work in another process raised; the text is its traceback."""


class Forked:
    """A process that does `work` and then ends without cleaning up."""

    def __init__(self, work: Callable[[], Any]) -> None:
        connections.close_all()
        here, there = _context.Pipe(duplex=False)
        self._here = here
        self._process = _context.Process(target=_run, args=(work, there), daemon=True)
        self._process.start()
        there.close()

    def kill(self) -> None:
        """End it without a word, as a power cut would."""
        if self._process.is_alive():
            os.kill(self._process.pid or 0, signal.SIGKILL)
        self._process.join()

    def result(self) -> Any:
        """Return what its work gave; None when it was killed. Raises `Failed`."""
        try:
            good, value = self._here.recv()
        except EOFError:
            good, value = True, None
        self._process.join()
        if not good:
            raise Failed(value)
        return value

    @property
    def is_alive(self) -> bool:
        """Whether it still runs."""
        return bool(self._process.is_alive())

    @property
    def was_killed(self) -> bool:
        """Whether it ended by SIGKILL."""
        self._process.join()
        return self._process.exitcode == DIED


def together(count: int, work: Callable[[int], T]) -> list[T]:
    """Return what `work(0)` … `work(count - 1)` gave in processes that begin at the same moment."""
    gate = barrier(count)

    def one(n: int) -> Callable[[], T]:
        def begin() -> T:
            gate.wait(60)
            return work(n)

        return begin

    started = [Forked(one(n)) for n in range(count)]
    return [process.result() for process in started]


class Steps:
    """Counts the steps of this process towards the database and kills it at a chosen one.

    A step is: before a message to the database, before a commit, after a commit.
    """

    def __init__(self, fatal: int) -> None:
        self._left = fatal

    def watch(self) -> None:
        """Begin to count on this thread's connection."""
        connection.ensure_connection()
        connection.execute_wrappers.append(self._statement)
        commit = connection._commit

        def counted() -> None:
            self._step()
            commit()
            self._step()

        connection._commit = counted

    def _statement(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        self._step()
        return execute(sql, params, many, context)

    def _step(self) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def killed_at(step: int, work: Callable[[], Any]) -> bool:
    """Do `work` in a process that is killed at its `step`-th step; return whether it came that far."""

    def doomed() -> Any:
        Steps(step).watch()
        return work()

    process = Forked(doomed)
    process.result()
    return process.was_killed


def _run(work: Callable[[], Any], there: Connection) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        answer: tuple[bool, Any] = (True, work())
    except BaseException:
        answer = (False, traceback.format_exc())
    there.send(answer)
    there.close()
    connections.close_all()
    os._exit(0)
