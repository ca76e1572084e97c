"""The order in which files of tests begin when several processes share them."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from pathlib import Path

import pytest

from tests import again

TESTS = Path(__file__).parent
# What a test costs in seconds, roughly, by what it asks for: the dearest thing counts.
COSTS = {"stack": 8.0, "browser": 2.5, "worker": 5.0, "transactional_db": 0.7, "db": 0.15}
# Files in which few tests do much, with what each took on two busy cores, in seconds. One that is missing
# here, or has become longer, may begin among the last: then all processes but one wait for it.
LONG = {
    "builder/reach/test_reach_browser.py": 103,
    "builder/test_around_browser.py": 127,
    "builder/test_unsaved_browser.py": 112,
    "cms/test_access_matrix.py": 60,
    "cms/test_every_page_browser.py": 99,
    "cms/words/test_screens.py": 149,
    "cms/words/test_scripts_browser.py": 63,
    "fuzz/test_fuzz.py": 40,
    "journeys/test_permit_of_a_committee.py": 71,
    "journeys/test_real_services.py": 105,
    "runtime/forms/test_every_type.py": 142,
}


def longest_first(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let the files that take longest begin first, so that no core works alone at the end.

    Before them comes what needs nothing prepared, while one process prepares what the others copy.
    """
    if not hasattr(config, "workerinput"):
        return
    place = {file: n for n, file in enumerate(_order(items, config.workerinput["workercount"]))}
    items.sort(key=lambda item: place[item.path])


def _order(items: list[pytest.Item], processes: int) -> list[Path]:
    """Return the files: one that has an installation prepared, those without tables, those without one."""
    costs: dict[Path, float] = defaultdict(float)
    asked: dict[Path, set[str]] = defaultdict(set)
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        costs[item.path] += max((cost for name, cost in COSTS.items() if name in names), default=0.02)
        asked[item.path] |= names | ({"db"} if again.has_database(item) else set())
    for name, seconds in LONG.items():
        if TESTS / name in costs:
            costs[TESTS / name] = seconds
    longest = sorted(costs, key=lambda file: -costs[file])
    preparing = islice((file for file in longest if "stack" in asked[file]), 1)
    bare = (file for file in longest if not asked[file] & {"stack", "db"})
    copying = islice(
        (file for file in longest if "stack" not in asked[file] and "db" in asked[file]), processes
    )
    return list(dict.fromkeys((*preparing, *bare, *copying, *longest)))
