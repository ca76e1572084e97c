"""Clients at the desk of the village that offers the permit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.conftest import ClientOn
from tests.runtime.conftest import Village
from tests.runtime.conftest import desk as desk  # the fixture

At = Callable[..., Client]


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def clerk_at(desk: Village, client_on: ClientOn) -> Client:
    """The clerk, logged in, reading Indonesian."""
    return client_on(desk.region, desk.clerk)


@pytest.fixture
def head_at(desk: Village, client_on: ClientOn) -> Client:
    """The head, logged in, reading Indonesian."""
    return client_on(desk.region, desk.head)
