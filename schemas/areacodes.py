"""Codes of Indonesia's areas as the Ministry of Home Affairs gives them: 36, 36.71, 36.71.01, 36.71.01.1001.

Pure text: which level a code is of and what lies above it. Which codes exist is for `runtime.areas` to say.
"""

from __future__ import annotations

import re
from typing import Literal, get_args

Level = Literal["province", "regency", "district", "village"]
LEVELS: tuple[Level, ...] = get_args(Level)
LENGTHS = (2, 5, 8, 13)
LONGEST = LENGTHS[-1]

_TAILS = (r"\d{2}", r"\d{2}", r"\d{2}", r"\d{4}")
_CODE = re.compile(r"\d{2}(\.\d{2}){0,2}|\d{2}(\.\d{2}){2}\.\d{4}", re.ASCII)


def is_code(text: str) -> bool:
    """Say whether `text` is written like a code of any level."""
    return bool(_CODE.fullmatch(text))


def level(code: str) -> Level | None:
    """Return the level of a code, None for what is not written like one."""
    return LEVELS[LENGTHS.index(len(code))] if is_code(code) else None


def depth(code: str) -> int:
    """Return how many levels a code names: 0 for nothing, 4 for a village."""
    return LENGTHS.index(len(code)) + 1 if is_code(code) else 0


def parent(code: str) -> str:
    """Return the code of the area that holds this one, "" for a province."""
    return code.rpartition(".")[0]


def chain(code: str) -> tuple[str, ...]:
    """Return the codes from the province down to `code` itself."""
    return tuple(code[:length] for length in LENGTHS[: depth(code)])


def covers(outer: str, code: str) -> bool:
    """Say whether `code` is `outer` or lies in it; everything lies in ""."""
    return not outer or code == outer or code.startswith(f"{outer}.")


def pattern(deepest: Level, within: str = "") -> str:
    """Return the JSON Schema pattern of the codes of one level, all of them inside `within`."""
    tails = _TAILS[depth(within) : LEVELS.index(deepest) + 1]
    head = [within.replace(".", r"\.")] if within else []
    return "^" + r"\.".join([*head, *tails]) + "$"
