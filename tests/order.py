"""The order in which files of tests begin when several processes share them."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

# What a test costs in seconds, roughly, by what it asks for: the dearest thing counts.
COSTS = {"stack": 8.0, "open_page": 2.5, "worker": 5.0, "transactional_db": 0.7, "db": 0.15}


def longest_first(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let the files that take longest begin first, so that no core works alone at the end."""
    if not hasattr(config, "workerinput"):
        return
    files: dict[Path, float] = defaultdict(float)
    for item in items:
        asked = getattr(item, "fixturenames", ())
        files[item.path] += max((cost for name, cost in COSTS.items() if name in asked), default=0.02)
    items.sort(key=lambda item: -files[item.path])
