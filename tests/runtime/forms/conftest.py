"""A page of questions in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from runtime.regions.models import Region
from tests.runtime.forms import asking


@pytest.fixture
def ask(
    tangerang: Region, site: Callable[..., str], open_page: Callable[..., object]
) -> Callable[..., asking.Asked]:
    """Ask a list of questions: `ask([{"key": …}], javascript=False, viewport=…, language="en")`."""
    return partial(asking.begin, tangerang, site, open_page)
