"""Behind a pooler that changes servers between transactions, prepared statements get lost: no step may."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from django.db import connection

from runtime.cases.models import CaseEvent
from tests.runtime.conftest import Village

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("trusting"),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="Only PostgreSQL keeps plans for us."),
]


@pytest.fixture
def trusting() -> Iterator[None]:
    yield
    connection._prepared.trusted = True  # what one test taught the connection is no news to the next
    connection._prepared.forget()
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")


class TestAPoolerThatChangesServers:
    def test_costs_no_step_and_is_told_once(self, desk: Village, caplog: pytest.LogCaptureFixture) -> None:
        reference, later = desk.submit().reference, desk.submit().reference
        with connection.cursor() as cursor:
            cursor.execute("DEALLOCATE ALL")  # as if another server answered
        with caplog.at_level(logging.WARNING, logger="cms.db.postgresql.prepared"):
            assert not desk.forward(reference).repeated
            desk.forward(later)
        assert [record.message[:8] for record in caplog.records] == ["A pooler"]
        assert CaseEvent.objects.filter(case__reference=reference).count() == 2

    def test_may_know_the_statement_already(self, desk: Village) -> None:
        reference = desk.submit().reference
        desk.forward(reference)
        connection._prepared.forget()  # as if another of us had told this server
        desk.perform(reference, "sign", desk.head)
        assert CaseEvent.objects.filter(case__reference=reference).count() == 3
