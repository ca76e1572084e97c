"""Connections of a region: what they are called by, how their secrets lie, and when they are left alone."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from runtime.outside import calling, sealing, selectors, services, signing, webhooks
from runtime.outside.calling import Undelivered
from runtime.outside.fetch import Reply
from runtime.outside.models import Connection
from runtime.regions import scope
from runtime.regions.models import Region
from tests.runtime.conftest import NOW
from tests.runtime.outside.receiver import Receiver

GONE = (301, 400, 401, 403, 404, 410, 422)


@pytest.fixture
def here(tangerang: Region) -> Iterator[Region]:
    with scope.use(tangerang):
        yield tangerang


def connected(region: Region, address: str, name: str = "Aplikasi Keuangan", **more: Any) -> Connection:
    values = {"kind": "webhook", "token": ""} | more
    return services.add(region=region, name=name, address=address, now=NOW, **values)[0]


def fresh(connection: Connection) -> Connection:
    connection.refresh_from_db()
    return connection


class TestAdd:
    def test_makes_the_key_from_the_name_once(self, here: Region) -> None:
        first = connected(here, "https://a.example/")
        second = connected(here, "https://b.example/")
        odd = connected(here, "https://c.example/", name="2. Dinas — 東京")
        assert [first.key, second.key, odd.key] == [
            "aplikasi_keuangan",
            "aplikasi_keuangan_2",
            "sistem_2_dinas",
        ]
        services.change(first, name="Lain", address="https://d.example/")
        assert fresh(first).key == "aplikasi_keuangan"

    def test_keeps_no_secret_that_can_be_read(self, here: Region) -> None:
        row, secret = services.add(
            region=here, name="A", kind="webhook", address="https://a.example/", token="", now=NOW
        )
        assert secret.startswith("whsec_")
        assert secret not in row.secret
        assert sealing.unseal(row.secret) == secret
        assert services.renew_secret(row) != secret

    def test_reads_secrets_after_the_key_of_the_installation_was_changed(
        self, here: Region, settings: Any
    ) -> None:
        sealed = sealing.seal("rahasia")
        settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
        assert sealing.unseal(sealed) == "rahasia"
        settings.SECRET_KEY_FALLBACKS = []
        with pytest.raises(sealing.Unreadable):
            sealing.unseal(sealed)

    def test_takes_one_gateway_of_a_kind_that_is_on(self, here: Region) -> None:
        first = connected(here, "https://a.example/", kind="sms")
        with pytest.raises(services.AlreadyOne):
            connected(here, "https://b.example/", kind="sms")
        services.switch(first, on=False)
        second = connected(here, "https://b.example/", kind="sms")
        with pytest.raises(services.AlreadyOne):
            services.switch(first, on=True)
        assert selectors.gateway(here, "sms") == second
        assert selectors.gateway(here, "whatsapp") is None

    def test_belongs_to_its_region_alone(self, here: Region, poso: Region) -> None:
        connected(here, "https://a.example/")
        with scope.use(poso):
            assert selectors.connection(poso, "aplikasi_keuangan") is None


class TestSigning:
    def test_can_be_checked_as_the_standard_says(self) -> None:
        secret = signing.new_secret()
        headers = signing.headers(secret, delivery="msg", body=b'{"a":1}', now=NOW)
        key = base64.b64decode(secret.removeprefix("whsec_"))
        assert len(key) == 32
        signed = f"msg.{int(NOW.timestamp())}.".encode() + b'{"a":1}'
        expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        assert headers["webhook-signature"] == f"v1,{expected}"

    def test_gives_what_the_standard_gives(self) -> None:
        """The example of the standard's own libraries."""
        from datetime import UTC, datetime

        headers = signing.headers(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            delivery="msg_p5jXN8AQM9LWM0D4loKWxJek",
            body=b'{"test": 2432232314}',
            now=datetime.fromtimestamp(1614265330, UTC),
        )
        assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


class TestCall:
    def test_sends_what_can_be_checked_and_notes_the_success(self, here: Region, receiver: Receiver) -> None:
        row = connected(here, receiver.address)
        webhooks.try_out(row, now=NOW)
        (got,) = receiver.got
        assert json.loads(got.body)["type"] == "test"
        again = signing.headers(
            sealing.unseal(row.secret), delivery=got.headers["webhook-id"], body=got.body, now=NOW
        )
        assert got.headers["webhook-signature"] == again["webhook-signature"]
        assert fresh(row).succeeded_at == NOW

    @pytest.mark.parametrize(
        ("status", "again"),
        [(status, status in (408, 429, 500, 503)) for status in (*GONE, 408, 429, 500, 503)],
    )
    def test_says_whether_trying_again_may_help(
        self, here: Region, receiver: Receiver, status: int, again: bool
    ) -> None:
        row = connected(here, receiver.address)
        receiver.status, receiver.more = status, {"Location": "http://169.254.169.254/"}
        with pytest.raises(Undelivered) as told:
            webhooks.try_out(row, now=NOW)
        assert (told.value.reason, told.value.again) == (f"http.{status}", again)
        assert (fresh(row).failed_at, row.failed_for) == (NOW, f"http.{status}")
        assert len(receiver.got) == 1

    def test_asks_nothing_of_a_private_address(self, here: Region) -> None:
        row = connected(here, "https://169.254.169.254/latest/meta-data/")
        with pytest.raises(Undelivered, match="address"):
            webhooks.try_out(row, now=NOW)

    def test_leaves_it_alone_after_three_failures_and_one_asks_again(
        self, here: Region, receiver: Receiver
    ) -> None:
        row = connected(here, receiver.address)
        receiver.status = 500
        for _ in range(3):
            with pytest.raises(Undelivered, match="500"):
                webhooks.try_out(fresh(row), now=NOW)
        with pytest.raises(Undelivered) as paused:
            webhooks.try_out(fresh(row), now=NOW)
        assert (paused.value.reason, paused.value.asked) == ("paused", False)
        assert paused.value.wait == calling.PAUSE
        later = NOW + calling.PAUSE
        one, other = fresh(row), Connection.objects.get(pk=row.pk)
        receiver.status = 200
        webhooks.try_out(one, now=later)
        row.paused_until = later  # what somebody read who came at the same moment
        with pytest.raises(Undelivered, match="paused"):
            other.paused_until = NOW + calling.PAUSE
            webhooks.try_out(other, now=later)
        assert (fresh(row).failures, row.paused_until) == (0, None)
        assert len(receiver.got) == 4

    def test_waits_as_long_as_it_is_told(self, here: Region, receiver: Receiver) -> None:
        row = connected(here, receiver.address)
        receiver.status, receiver.more = 429, {"Retry-After": "120"}
        with pytest.raises(Undelivered) as told:
            webhooks.try_out(row, now=NOW)
        assert told.value.wait == timedelta(minutes=2)
        assert fresh(row).paused_until == NOW + timedelta(minutes=2)

    @pytest.mark.parametrize(
        ("said", "wait"),
        [
            ("0", timedelta(0)),
            ("999999999", calling.MOST_WANTED),
            ("Mon, 23 Nov 2026 02:05:00 GMT", timedelta(minutes=5)),
            ("Mon, 23 Nov 2020 02:05:00 GMT", timedelta(0)),
            ("soon", None),
            ("", None),
        ],
    )
    def test_reads_both_ways_of_saying_when(self, said: str, wait: timedelta | None) -> None:
        assert calling.wanted_wait(Reply(429, {"retry-after": said}, b""), NOW) == wait

    def test_sends_nothing_when_it_is_off_or_its_secret_is_lost(
        self, here: Region, receiver: Receiver, settings: Any
    ) -> None:
        row = connected(here, receiver.address)
        services.switch(row, on=False)
        with pytest.raises(Undelivered, match="off"):
            webhooks.try_out(row, now=NOW)
        services.switch(row, on=True)
        settings.SECRET_KEY = "lost"
        with pytest.raises(Undelivered, match="secret"):
            webhooks.try_out(row, now=NOW)
        assert receiver.got == []
