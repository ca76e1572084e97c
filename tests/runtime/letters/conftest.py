"""The village whose permit comes with a letter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from runtime.regions import scope
from runtime.regions.models import Region
from tests import factories
from tests.runtime import lettered
from tests.runtime.conftest import Village


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def desk(tangerang: Region, village: Region) -> Iterator[Village]:
    """The village, in the scope of its region; the letter has a register of its own."""
    installation = factories.installed(tangerang, lettered.as_text())
    clerk = factories.staff("clerk", village, "loket")
    head = factories.staff("head", village, "lurah")
    with scope.use(tangerang):
        yield Village(tangerang, village, installation.version, clerk, head)
