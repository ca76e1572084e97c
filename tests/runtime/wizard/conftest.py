"""The permit, installed in one region, and somebody who fills it in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from runtime.modules.models import Installation
from runtime.regions import scope
from runtime.regions.models import Region
from runtime.wizard.models import Draft
from tests import factories
from tests.runtime import permit
from tests.runtime.forms import asking
from tests.runtime.wizard.forms import Applicant


@pytest.fixture
def ask(
    tangerang: Region, site: Callable[..., str], open_page: Callable[..., object]
) -> Callable[..., asking.Asked]:
    """Ask a list of questions in a real browser."""
    return partial(asking.begin, tangerang, site, open_page)


@pytest.fixture
def applicant(offered: Installation, client_on: Callable[..., Any]) -> Applicant:
    """Somebody on the first page."""
    return Applicant(client_on(offered.region))


@pytest.fixture
def single(offered: Installation, client_on: Callable[..., Any]) -> Applicant:
    """Somebody on the first page of a permit that takes one paper only."""
    document = permit.document()
    del document["pages"][1]["fields"][1]["maxItems"]
    factories.installed(offered.region, permit.as_text(pages=document["pages"]), number=2)
    return Applicant(client_on(offered.region))


@pytest.fixture
def draft_of() -> Callable[[Applicant], Draft]:
    """Read the stored draft of an applicant."""

    def read(applicant: Applicant) -> Draft:
        with scope.everywhere("a test looks at what was stored"):
            found: Draft = Draft.objects.get(token=applicant.token)
        return found

    return read
