"""Webhooks of a case: another system is told, in order, with the answers that were listed and no others."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from runtime.effects import services, trouble
from runtime.effects.models import EffectRun
from runtime.outside import services as outside
from runtime.outside.models import Connection
from tests import factories
from tests.runtime import permit
from tests.runtime.conftest import NOW, Village
from tests.runtime.outside.receiver import Receiver

State = EffectRun.State
TELLS: dict[str, Any] = {"webhook": "keuangan", "data": ["age", "kids", "complete"]}


@pytest.fixture
def connected(desk: Village, receiver: Receiver) -> Connection:
    return outside.add(
        region=desk.region, name="Keuangan", kind="webhook", address=receiver.address, token="", now=NOW
    )[0]


@pytest.fixture
def telling(desk: Village) -> Village:
    """The permit, which tells another system when it is filed and forwarded."""
    document = permit.document(key="izin-kabar")
    document["workflow"]["filed"] = [TELLS]
    document["workflow"]["actions"][0]["effects"] = [TELLS]
    inner = [
        {"key": "kid", "type": "text", "label": {"id": "Nama"}},
        {"key": "secret", "type": "text", "label": {"id": "Rahasia"}, "privacy": "never_export"},
    ]
    kids = {"key": "kids", "type": "repeat", "label": {"id": "Anak"}, "fields": inner}
    document["pages"][0]["fields"].append(kids)
    desk.version = factories.installed(desk.region, json.dumps(document)).version
    return desk


def rows() -> list[EffectRun]:
    return list(EffectRun.objects.filter(type="webhook").order_by("pk"))


class TestWebhook:
    def test_tells_what_happened_and_the_answers_that_were_listed(
        self, telling: Village, connected: Connection, receiver: Receiver
    ) -> None:
        kids = [{"kid": "Budi", "secret": "jangan keluar"}]
        given = permit.answers(village=telling.office.key, kids=kids)
        reference = telling.submit(answers=given).reference
        telling.forward(reference)
        services.run_due(now=telling.now)
        filed, forwarded = (json.loads(got.body) for got in receiver.got)
        assert filed == {
            "id": receiver.got[0].headers["webhook-id"],
            "type": "case.filed",
            "at": "2026-11-23T02:00:00+00:00",
            "case": reference,
            "module": "izin-kabar",
            "event": 1,
            "action": "filed",
            "from": None,
            "status": "review",
            "outcome": None,
            "number": None,
            "office": telling.office.key,
            "data": {"age": 30, "kids": [{"kid": "Budi"}]},
        }
        assert (forwarded["type"], forwarded["event"], forwarded["from"]) == ("case.moved", 2, "review")
        assert forwarded["data"] == {"age": 30, "kids": [{"kid": "Budi"}], "complete": True}
        assert "jangan keluar" not in str([got.body for got in receiver.got])
        assert all("Siti" not in str(got.body) for got in receiver.got)

    def test_forgets_what_was_sent(self, telling: Village, connected: Connection, receiver: Receiver) -> None:
        telling.submit()
        services.run_due(now=telling.now)
        (row,) = rows()
        assert (row.state, row.payload) == (State.DONE, {"connection": "keuangan", "told": ["age"]})

    def test_bears_the_same_name_on_every_attempt_and_keeps_the_order(
        self, telling: Village, connected: Connection, receiver: Receiver
    ) -> None:
        reference = telling.submit().reference
        telling.forward(reference)
        receiver.status = 503
        services.run_due(now=telling.now)
        assert len(receiver.got) == 1
        receiver.status = 200
        services.run_due(now=telling.now + timedelta(minutes=1))
        names = [got.headers["webhook-id"] for got in receiver.got]
        assert names[0] == names[1] != names[2]
        assert [json.loads(got.body)["event"] for got in receiver.got] == [1, 1, 2]

    def test_is_parked_at_once_when_the_other_side_refuses(
        self, telling: Village, connected: Connection, receiver: Receiver
    ) -> None:
        telling.submit()
        receiver.status = 410
        services.run_due(now=telling.now)
        (row,) = rows()
        assert (row.state, row.attempts, row.reason) == (State.FAILED, 1, "http.410")
        receiver.status = 200
        services.retry(region=telling.region, ids=[row.pk], now=telling.now)
        services.run_due(now=telling.now)
        assert rows()[0].state == State.DONE

    def test_is_parked_without_its_connection(self, telling: Village, receiver: Receiver) -> None:
        telling.submit()
        services.run_due(now=telling.now)
        assert (rows()[0].state, rows()[0].reason) == (State.FAILED, "missing")

    def test_holds_up_nobody_else_when_the_other_side_is_down(
        self, telling: Village, connected: Connection, receiver: Receiver
    ) -> None:
        for _ in range(6):
            telling.submit()
        receiver.status = 500
        services.run_due(now=telling.now)
        assert len(receiver.got) == 3
        assert {row.state for row in rows()} == {State.NEW}
        assert [row.attempts for row in rows()] == [1, 1, 1, 0, 0, 0]


class TestSentence:
    def test_there_is_one_for_whatever_happens(self) -> None:
        for reason in (*trouble.SENTENCES, "http.302", "http.418", "http.502", "", "unheard of"):
            assert str(trouble.sentence(reason)).endswith(".")
