"""How soon hostile definitions and patterns are refused or answered (S T15, T16)."""

from __future__ import annotations

import time
from collections.abc import Callable

from schemas import parse, patterns
from tests.schemas import bombs, evil

DEFINITION_BUDGET, PATTERN_BUDGET = 200, 10


def report() -> None:
    """Print the slowest of each."""
    definitions = {
        name: _taken(lambda text=text: parse.check(text)) for name, text in bombs.DOCUMENTS.items()
    }
    searches = {
        pattern: _taken(lambda pattern=pattern: patterns.search(pattern)(evil.text(pattern)))
        for pattern in evil.PATTERNS
    }
    print("\nHostile definitions and patterns, CPU milliseconds of the slowest")
    for what, found, budget in (
        ("definitions", definitions, DEFINITION_BUDGET),
        ("patterns on 100 kB", searches, PATTERN_BUDGET),
    ):
        slowest = max(found, key=lambda name: found[name])
        print(f"{len(found):3} {what:20}{found[slowest]:8.1f}   (budget {budget} ms)   {slowest}")


def _taken(work: Callable[[], object]) -> float:
    """Return the least of three, which is what the work itself costs."""
    taken = []
    for _ in range(3):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return min(taken) * 1000
