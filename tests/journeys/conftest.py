"""The installation the journeys run on: embedded on SQLite, with Celery on each broker on PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import BROKERS, _listens, require
from tests.stack import Stack

POSTGRES = os.environ.get("RAKIT_DATABASE_URL", "")
KINDS = sorted(BROKERS) if POSTGRES.startswith("postgres") else ["embedded"]


@pytest.fixture(scope="module", params=KINDS)
def stack(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A whole installation with the demonstration in it."""
    folder: Path = tmp_path_factory.mktemp("stack")
    if request.param == "embedded":
        made = Stack(folder)
    else:
        broker = BROKERS[request.param]
        require(_listens(broker), request.param)
        made = Stack(folder, postgres=POSTGRES, broker=broker)
    with made:
        yield made
