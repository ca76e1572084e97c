"""The permit, and a program that knows it."""

from __future__ import annotations

import pytest

from runtime.modules.models import Installation
from tests.conftest import ClientOn
from tests.runtime.api.program import Program


@pytest.fixture
def program(offered: Installation, client_on: ClientOn) -> Program:
    """A program without any account."""
    return Program(client_on(offered.region))
