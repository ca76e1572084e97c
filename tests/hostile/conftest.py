"""The village that offers the permit, with files of its own for each test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.runtime.conftest import desk as desk  # the fixture
from tests.runtime.conftest import post as post  # the fixture


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
