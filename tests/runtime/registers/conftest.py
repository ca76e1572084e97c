"""A registry that a region is connected to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.runtime.registers.registry import Registry, running


@pytest.fixture
def registry(settings: Any) -> Iterator[Registry]:
    """A registry on loopback, known to the installation as dukcapil."""
    with running() as found:
        settings.RAKIT_FETCH_LOOPBACK = True
        settings.RAKIT_REGISTERS = {"dukcapil": found.entry()}
        yield found
