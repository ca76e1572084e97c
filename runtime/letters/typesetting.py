"""Letters as PDF, and as pictures of their pages. What is printed is plain data in one template of ours.

The typesetter runs in a process of its own, for one letter: it has no environment, no files, an empty
folder, and it is ended when it takes too long.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Literal

from runtime.forms import fenced
from runtime.letters.facts import Facts
from runtime.letters.resolving import Data, resolve
from schemas.definition import Letter

SECONDS = 30
_HERE = Path(__file__).parent
_PRESS = _HERE / "press.py"
SHAPELESS = 3  # as the press ends where no font has a character


class Unprintable(Exception):
    """The typesetter could not print a letter; the words say what it said."""


class Shapeless(Unprintable):
    """No font has `characters` of a letter, each told once."""

    def __init__(self, characters: str) -> None:
        self.characters = "".join(dict.fromkeys(characters))
        super().__init__(f"{len(self.characters)} characters that no font has")


def pdf(letter: Letter, facts: Facts, *, seconds: float = SECONDS) -> bytes:
    """Return the letter as tagged PDF (PDF/A-2a, PDF/UA-1), the same bytes for the same facts.

    Raises `Unprintable`, and `Shapeless` where no font has a character of it.
    """
    (file,) = printed(resolve(letter, facts), _stamp(facts), "pdf", seconds=seconds, strict=True)
    return file


def pictures(letter: Letter, facts: Facts, *, ppi: float = 100, seconds: float = SECONDS) -> list[bytes]:
    """Return a picture (PNG) of each page, so many dots to the inch. Raises `Unprintable`.

    Characters that no font has are boxes there.
    """
    return printed(resolve(letter, facts), _stamp(facts), "png", ppi=ppi, seconds=seconds)


def printed(
    data: Data,
    stamp: int,
    form: Literal["pdf", "png"],
    *,
    ppi: float = 72,
    seconds: float = SECONDS,
    strict: bool = False,
    source: str = "",
) -> list[bytes]:
    """Return what the typesetter makes of resolved data: one PDF, or a picture of each page.

    `source` is that of another template. `stamp` is the time the file bears, in seconds since 1970. What no
    font has becomes a white square; where it is `strict`, raises `Shapeless`.
    """
    with tempfile.TemporaryDirectory() as empty:
        wanted = {
            "template": source or template(),
            "letter": data,
            "stamp": stamp,
            "format": form,
            "ppi": ppi,
            "root": empty,
            "strict": strict,
        }
        return list(fenced.pieces(_run(json.dumps(wanted).encode(), empty, seconds)))


@cache
def template() -> str:
    """Return the source of the one template."""
    return (_HERE / "template" / "letter.typ").read_text(encoding="utf-8")


def _run(wanted: bytes, folder: str, seconds: float) -> bytes:
    try:
        done = fenced.run(_PRESS, given=wanted, folder=folder, seconds=seconds)
    except subprocess.TimeoutExpired:
        raise Unprintable(f"not printed within {seconds} seconds") from None
    if done.returncode == SHAPELESS:
        raise Shapeless(done.stderr.decode(errors="replace"))
    if done.returncode:
        raise Unprintable(done.stderr.decode(errors="replace").strip()[-2000:])
    return done.stdout


def _stamp(facts: Facts) -> int:
    return int(datetime.combine(facts.issued, time(), UTC).timestamp())
