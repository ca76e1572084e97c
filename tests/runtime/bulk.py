"""The permit with a signature and a refusal that may be given to many applications at once."""

from __future__ import annotations

import json

import pytest

from tests import factories
from tests.runtime import permit
from tests.runtime.conftest import Village


@pytest.fixture
def many(desk: Village) -> Village:
    """The village, with the head's actions open to many cases."""
    document = permit.document(key="izin-banyak")
    for action in document["workflow"]["actions"]:
        if action["key"] in ("sign", "refuse", "forward"):  # the last asks for a page: never in bulk
            action["bulk"] = True
    desk.version = factories.installed(desk.region, json.dumps(document)).version
    return desk


def waiting(many: Village, count: int, **changes: object) -> list[str]:
    """Return the references of so many applications that wait for the head."""
    found = []
    for number in range(count):
        given = permit.answers(village=many.office.key, name=f"Warga {number}", **changes)
        found.append(many.submit(answers=given).reference)
        many.forward(found[-1])
    return found
