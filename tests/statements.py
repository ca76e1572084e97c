"""What each test asks of the database: which statement, from which place of our code.

A first run notes it in the folder that RAKIT_TEST_STATEMENTS names; a run that repeats on another database
(`tests.again`) tries as many tests as send each statement from each place once more, and no others.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import FrameType
from typing import Any

from django.db import connection

ROOT = Path(__file__).parents[1]
OURS = tuple(str(ROOT / name) + os.sep for name in ("schemas", "runtime", "builder", "cms"))
NOTES = os.environ.get("RAKIT_TEST_STATEMENTS", "")
# As many values as there are, whatever they are called, make no other statement.
_VALUES = re.compile(r"\((?:\s*%s\s*,?)+\)(?:,\s*\((?:\s*%s\s*,?)+\))*")
_NAMES = re.compile(r"\b(s\d+_x\d+|\d+|'[^']*')|\b(?<=[TUV])\d+\b")
Sent = dict[str, set[str]]

_sent: Sent = defaultdict(set)
_now: list[str] = []


@cache
def shape(sql: str) -> str:
    """Return what a statement is without the number of its values and the names of savepoints."""
    return _NAMES.sub("?", _VALUES.sub("(?)", sql))


@cache
def _is_ours(file: str) -> bool:
    return file.startswith(OURS)


def _place() -> str:
    """Return the line of our code that is nearest to the statement; tests are none of it."""
    frame: FrameType | None = sys._getframe(2)
    while frame and not _is_ours(frame.f_code.co_filename):
        frame = frame.f_back
    return f"{frame.f_code.co_filename}:{frame.f_lineno}" if frame else ""


def _note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    if _now:
        _sent[_now[-1]].add(sha256(f"{_place()}\0{shape(sql)}".encode()).hexdigest()[:16])
    return execute(sql, params, many, context)


def listen() -> None:
    """Note from now on what this process sends, if somebody wants to know."""
    if NOTES and _note not in connection.execute_wrappers:
        connection.execute_wrappers.append(_note)


def begin(test: str) -> None:
    """Count what follows as sent by `test`.

    By Django's reckoning a process with a browser is one of asyncio, and has another connection than before.
    """
    listen()
    _now[:] = [test]


def keep() -> None:
    """Write down what the tests of this process have sent."""
    if not NOTES or not _sent:
        return
    folder = Path(NOTES)
    folder.mkdir(parents=True, exist_ok=True)
    name = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    noted = {test: sorted(those) for test, those in _sent.items()}
    (folder / f"{name}.json").write_text(json.dumps(noted), encoding="utf-8")


def noted(folder: str) -> Sent:
    """Return what an earlier run has written down."""
    found: Sent = {}
    for file in sorted(Path(folder).glob("*.json")) if folder else ():
        found |= {test: set(those) for test, those in json.loads(file.read_text(encoding="utf-8")).items()}
    return found


def enough(sent: Sent, again: set[str]) -> set[str]:
    """Return tests that send what is not sent `again` anyway; those that send most come first."""
    chosen, again = set(), set(again)
    for test in sorted(sent, key=lambda one: (-len(sent[one]), one)):
        if sent[test] - again:
            again |= sent[test]
            chosen.add(test)
    return chosen
