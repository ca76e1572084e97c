"""Run a script of ours on content from outside, in a process of its own that knows nothing of the site.

It has no environment and no module of ours; what else it may not do it forbids itself. What it writes are
pieces, each with its length in eight bytes before it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

_NEEDED = ("SYSTEMROOT",)


def run(
    script: Path, *arguments: str, given: bytes, folder: str, seconds: float
) -> subprocess.CompletedProcess[bytes]:
    """Return how the script ended in `folder`, given some bytes; raises `subprocess.TimeoutExpired`."""
    kept = {name: os.environ[name] for name in _NEEDED if name in os.environ}
    return subprocess.run(  # noqa: S603 - a program of ours, its words given apart
        [sys.executable, "-I", str(script), *arguments],
        input=given,
        capture_output=True,
        cwd=folder,
        env=kept,
        timeout=seconds,
        check=False,
    )


def pieces(out: bytes) -> Iterator[bytes]:
    """Yield the pieces that a script wrote."""
    at = 0
    while at < len(out):
        size = int.from_bytes(out[at : at + 8], "big")
        yield out[at + 8 : at + 8 + size]
        at += 8 + size
