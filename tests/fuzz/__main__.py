"""`make fuzz`: N comparisons of the evaluators (100,000 unless told), the other parts in proportion.

The cases walk on SQLite, and on PostgreSQL as well where `RAKIT_DATABASE_URL` names one.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from tests.fuzz import documents, evaluators, mutations, schemas
from tests.fuzz.browser import Browser

Outcome = TypeVar("Outcome")
SHOWN = 5


def _timed(title: str, work: Callable[[], Outcome]) -> Outcome:
    began = time.monotonic()
    outcome = work()
    print(f"\n{title} ({time.monotonic() - began:.0f} s)")
    return outcome


def _show(found: Sequence[str]) -> int:
    for line in sorted(found, key=len)[:SHOWN]:
        print(f"    {line[:1500]}")
    return len(found)


def _evaluators(count: int, seed: int) -> int:
    with Browser() as browser:
        outcome = _timed("Server against browser", lambda: evaluators.run(count, seed, browser))
    print(f"  {outcome.compared:,} evaluations of {len(outcome.operators)} operators and constants")
    print(f"  results: {', '.join(f'{name} {n:,}' for name, n in outcome.results.most_common())}")
    print(f"  rules made shorter and evaluated again: {outcome.shortened:,}")
    print(f"  differences: {len(outcome.differences)}")
    return _show(outcome.differences)


def _documents(count: int, seed: int) -> int:
    outcome = _timed("Rules, compiled schema and journey", lambda: documents.run(count, seed))
    print(f"  {outcome.compared:,} sets of answers to {outcome.modules:,} random modules")
    print(f"  accepted: {outcome.accepted:,}; under a schema that says all of the rules: {outcome.exact:,}")
    print(f"  differences: {len(outcome.differences)}")
    return _show(outcome.differences)


def _mutations(
    title: str, run: Callable[[int, int], mutations.Outcome], count: int, seed: int, limit: int
) -> int:
    outcome = _timed(title, lambda: run(count, seed))
    slowest = outcome.slowest * 1000
    print(f"  {outcome.tried:,} tried, {outcome.sound:,} sound; slowest {slowest:.0f} ms of {limit} allowed")
    print(f"  raised or judged without a reason: {len(outcome.troubles)}")
    if slowest > limit:
        print(f"    too slow: {outcome.slowest_case}")
    return _show(outcome.troubles) + (slowest > limit)


def _schemas(count: int, seed: int) -> int:
    outcome = _timed("Schemas of other programs", lambda: schemas.run(count, seed))
    print(f"  {outcome.tried:,} random schemas")
    print(f"  misread in silence: {len(outcome.misread)}")
    return _show(outcome.misread)


def _edits(count: int, seed: int) -> int:
    """Edit documents at random in the builder's script; return on how many runs something did not hold."""
    told = {**os.environ, "EDITS": str(count), "SEED": str(seed)}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "tests/builder/test_edits.py"]
    return bool(
        _timed("Edits in the builder", partial(subprocess.run, command, env=told, check=False)).returncode
    )


def _posts(count: int, seed: int) -> int:
    """Post spoilt documents to the editor; return on how many runs something did not hold."""
    told = {**os.environ, "POSTS": str(count), "SEED": str(seed)}
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-x", "tests/fuzz/test_posts.py"]
    return bool(
        _timed("Posts to the editor", partial(subprocess.run, command, env=told, check=False)).returncode
    )


def _cases(steps: int, seed: int) -> int:
    """Walk random cases on each database; return on how many something did not hold."""
    wrong = 0
    for database in dict.fromkeys(("", os.environ.get("RAKIT_DATABASE_URL", ""))):
        where = {"RAKIT_DATABASE_URL": database} if database else {}
        others = {name: value for name, value in os.environ.items() if name != "RAKIT_DATABASE_URL"}
        told = {**others, **where, "STEPS": str(steps), "SEED": str(seed)}
        command = [sys.executable, "-m", "pytest", "-q", "-s", "-x", "tests/machine"]
        title = f"Random cases on {'PostgreSQL' if where else 'SQLite'}"
        wrong += bool(_timed(title, partial(subprocess.run, command, env=told, check=False)).returncode)
    return wrong


def main() -> int:
    count = int(os.environ.get("N", "") or 100_000)
    seed = int(os.environ.get("SEED", "") or secrets.randbelow(10**9))
    print(f"SEED={seed} N={count}")
    wrong = (
        _evaluators(count, seed)
        + _documents(max(count * 3 // 10, 1), seed)
        + _mutations("Spoilt documents", mutations.documents, max(count // 50, 1), seed, 200)
        + _mutations("Spoilt expressions", mutations.rules, count, seed, 50)
        + _schemas(max(count // 100, 1), seed)
        + _edits(max(count // 20, 1), seed)
        + _posts(max(count // 200, 1), seed)
        + _cases(max(count // 20, 1), seed)
    )
    print(
        "\nNo difference."
        if not wrong
        else f"\n{wrong} findings. The same again: make fuzz SEED={seed} N={count}"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
