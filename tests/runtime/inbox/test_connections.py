"""The administrator's page of outgoing connections: secrets shown once, tried out, switched, kept apart."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from runtime.outside import sealing, services
from runtime.outside.models import Connection
from runtime.regions import scope
from runtime.regions.models import Region
from tests import factories
from tests.conftest import ClientOn
from tests.runtime.outside.receiver import Receiver


@pytest.fixture
def chief_at(tangerang: Region, client_on: ClientOn) -> Client:
    chief = factories.staff("administrator", tangerang, "pengelola")
    return client_on(tangerang, chief, HTTP_ACCEPT_LANGUAGE="en")


def the(region: Region) -> Connection:
    with scope.use(region):
        return Connection.objects.get()


def made(region: Region, address: str = "https://a.example/", kind: str = "webhook") -> Connection:
    with scope.use(region):
        return services.add(
            region=region, name="Keuangan", kind=kind, address=address, token="kunci", now=timezone.now()
        )[0]


class TestAdd:
    def test_shows_the_secret_of_another_system_once(self, tangerang: Region, chief_at: Client) -> None:
        values = {"kind": "webhook", "name": " Aplikasi  Keuangan ", "address": "https://a.example/kabar"}
        shown = chief_at.post("/desk/connections/add/", values)
        secret = re.search(r"whsec_[A-Za-z0-9+/=]+", shown.content.decode())
        row = the(tangerang)
        assert secret is not None
        assert sealing.unseal(row.secret) == secret[0]
        assert "no-store" in shown["Cache-Control"]
        assert (row.key, row.name) == ("aplikasi_keuangan", "Aplikasi Keuangan")
        for page in ("/desk/connections/", "/desk/connections/aplikasi_keuangan/"):
            assert "whsec_" not in chief_at.get(page).content.decode()

    def test_never_shows_the_token_of_a_gateway(self, tangerang: Region, chief_at: Client) -> None:
        values = {"kind": "sms", "name": "SMS", "address": "https://a.example/", "token": "kunci-rahasia"}
        assert chief_at.post("/desk/connections/add/", values).status_code == 302
        assert sealing.unseal(the(tangerang).secret) == "kunci-rahasia"
        assert "kunci-rahasia" not in chief_at.get("/desk/connections/sms/").content.decode()
        chief_at.post("/desk/connections/sms/", {"name": "SMS", "address": "https://b.example/"})
        assert (the(tangerang).address, sealing.unseal(the(tangerang).secret)) == (
            "https://b.example/",
            "kunci-rahasia",
        )

    @pytest.mark.parametrize(
        ("changes", "told"),
        [
            ({"address": "http://a.example/"}, "Write an address like"),
            ({"address": "https://me:word@a.example/"}, "Write an address like"),
            ({"address": "file:///etc/passwd"}, "Write an address like"),
            ({"name": " "}, "Write a name."),
            ({"kind": "telegram"}, "Choose what it is."),
            ({"kind": "sms"}, "Write the token of the gateway."),
        ],
    )
    def test_refuses_what_could_never_work(
        self, tangerang: Region, chief_at: Client, changes: dict[str, str], told: str
    ) -> None:
        values = {"kind": "webhook", "name": "A", "address": "https://a.example/"} | changes
        answer = chief_at.post("/desk/connections/add/", values)
        assert (answer.status_code, told in answer.content.decode()) == (422, True)
        with scope.use(tangerang):
            assert not Connection.objects.exists()

    def test_refuses_a_second_gateway_of_a_kind(self, tangerang: Region, chief_at: Client) -> None:
        made(tangerang, kind="sms")
        values = {"kind": "sms", "name": "B", "address": "https://b.example/", "token": "t"}
        answer = chief_at.post("/desk/connections/add/", values)
        assert answer.status_code == 422
        assert "Switch it off first" in answer.content.decode()


class TestTry:
    def test_says_that_it_arrived(self, tangerang: Region, chief_at: Client, receiver: Receiver) -> None:
        made(tangerang, receiver.address)
        told = chief_at.post("/desk/connections/keuangan/test/", follow=True).content.decode()
        assert "The test has arrived" in told
        assert "works" in told
        assert len(receiver.got) == 1

    def test_says_in_words_why_it_did_not(
        self, tangerang: Region, chief_at: Client, receiver: Receiver
    ) -> None:
        made(tangerang, receiver.address)
        receiver.status = 401
        told = chief_at.post("/desk/connections/keuangan/test/", follow=True).content.decode()
        assert "does not accept the secret" in told
        assert "failed last" in chief_at.get("/desk/connections/").content.decode()

    def test_goes_to_a_telephone_through_a_gateway(
        self, tangerang: Region, chief_at: Client, receiver: Receiver
    ) -> None:
        made(tangerang, receiver.address, kind="sms")
        chief_at.post("/desk/connections/keuangan/test/", {"number": "12"})
        assert receiver.got == []
        chief_at.post("/desk/connections/keuangan/test/", {"number": "0812 3456 7890"})
        assert b'"to": "+6281234567890"' in receiver.got[0].body


class TestSwitch:
    def test_switches_off_and_on(self, tangerang: Region, chief_at: Client) -> None:
        made(tangerang)
        chief_at.post("/desk/connections/keuangan/switch/", {"on": "no"})
        assert the(tangerang).on is False
        chief_at.post("/desk/connections/keuangan/switch/", {"on": "yes"})
        assert the(tangerang).on is True

    def test_makes_a_new_secret_for_another_system_only(self, tangerang: Region, chief_at: Client) -> None:
        before = sealing.unseal(made(tangerang).secret)
        shown = chief_at.post("/desk/connections/keuangan/secret/").content.decode()
        assert before not in shown
        assert sealing.unseal(the(tangerang).secret) in shown


class TestOthers:
    def test_see_nothing_of_another_region(
        self, tangerang: Region, poso: Region, client_on: ClientOn
    ) -> None:
        made(tangerang)
        chief = factories.staff("administrator", poso, "pengelola.poso")
        there = client_on(poso, chief)
        assert "Keuangan" not in there.get("/desk/connections/").content.decode()
        paths: list[tuple[str, Any]] = [("", "get"), ("", "post"), ("test/", "post"), ("switch/", "post")]
        for path, method in [*paths, ("secret/", "post")]:
            assert getattr(there, method)(f"/desk/connections/keuangan/{path}").status_code == 404
