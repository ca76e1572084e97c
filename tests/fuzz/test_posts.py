"""A small, fixed run of spoilt documents through the editor; `make fuzz` runs it larger, from its seed."""

from __future__ import annotations

import os
from typing import Any

import pytest

from builder.models import Module
from runtime.regions.models import User
from tests.builder.conftest import module as module  # the fixture
from tests.builder.conftest import officer as officer  # one that it needs
from tests.fuzz import posts
from tests.fuzz.test_fuzz import SEED

COUNT = int(os.environ.get("POSTS", "") or 12)

pytestmark = pytest.mark.django_db


class TestPosts:
    def test_T28_of_spoilt_documents_are_answered_in_words(
        self, client_on: Any, module: Module, clerk: User
    ) -> None:
        client = client_on(module.region, clerk, raise_request_exception=False)
        outcome = posts.run(posts.Desk(client, module), COUNT, int(os.environ.get("SEED", "") or SEED))
        print(f"  {outcome.tried:,} posted; {outcome.kept:,} kept, {outcome.published:,} published")
        assert outcome.troubles == []
        assert outcome.kept
