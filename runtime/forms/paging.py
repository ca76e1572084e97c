"""The pages of a PDF as pictures, for browsers that show none: telephones, and every one under our policy.

The file is opened in a process of its own that can reach nothing (`pagepress`), ended when it takes too long.
"""

from __future__ import annotations

import subprocess
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from runtime.forms import fenced

MOST_PAGES = 30
LONGEST_SIDE = 1400
SECONDS = 20.0
AT_ONCE = 2
_PRESS = Path(__file__).parent / "pagepress.py"
_LOCKED = 4
_turns = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class Pages:
    """The first pages of a file as pictures (WebP), and how many pages it has in all."""

    pictures: tuple[bytes, ...]
    count: int


class Unshowable(Exception):
    """The file cannot be drawn. `code` says why: it is `locked`, `broken`, or too much work (`slow`).

    When it is `busy`, others are being drawn, and a later try may do.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def pages(content: bytes, *, seconds: float = SECONDS, most: int = MOST_PAGES) -> Pages:
    """Return the first `most` pages of a PDF. Raises `Unshowable`.

    Of this process at most two files are drawn at once; whoever waits too long for a turn is told `busy`.
    """
    if not _turns.acquire(timeout=seconds):
        raise Unshowable("busy")
    try:
        return _read(_drawn(content, seconds, most))
    finally:
        _turns.release()


def _drawn(content: bytes, seconds: float, most: int) -> bytes:
    with tempfile.TemporaryDirectory() as empty:
        try:
            limits = (str(most), str(LONGEST_SIDE))
            done = fenced.run(_PRESS, *limits, given=content, folder=empty, seconds=seconds)
        except subprocess.TimeoutExpired:
            raise Unshowable("slow") from None
    if done.returncode:
        raise Unshowable("locked" if done.returncode == _LOCKED else "broken")
    return done.stdout


def _read(out: bytes) -> Pages:
    found = tuple(fenced.pieces(out[8:]))
    if not found:
        raise Unshowable("broken")
    return Pages(found, int.from_bytes(out[:8], "big"))
