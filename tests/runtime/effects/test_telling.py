"""A citizen is told as they wish: by telephone, in their language, not at night, never else in silence."""

from __future__ import annotations

import json
from datetime import time, timedelta
from typing import Any

import pytest

from runtime.cases import selectors as cases
from runtime.effects import composing, services
from runtime.effects.models import EffectRun
from runtime.notices import services as notices
from runtime.notices.models import Wish
from runtime.outside import services as outside
from runtime.regions.models import User
from tests import factories
from tests.runtime import permit
from tests.runtime.conftest import NOW, Village
from tests.runtime.outside.receiver import Receiver
from tests.runtime.postoffice import Post

State = EffectRun.State
NUMBER = "+6281234567890"


@pytest.fixture
def gateway(desk: Village, receiver: Receiver) -> Receiver:
    outside.add(region=desk.region, name="SMS", kind="sms", address=receiver.address, token="kunci", now=NOW)
    return receiver


def wish(desk: Village, user: User, channel: str = "sms", **more: Any) -> None:
    values: dict[str, Any] = {
        "number": NUMBER,
        "fallback": True,
        "quiet_from": None,
        "quiet_until": None,
        "language": "",
    }
    notices.of_citizen(region=desk.region, user=user, channel=channel, **(values | more))


def filed(desk: Village, user: User | None, **answers: Any) -> str:
    given = permit.answers(village=desk.office.key, **answers)
    return desk.submit(answers=given, applicant=user).reference


def row() -> EffectRun:
    return EffectRun.objects.get(type="mail")


class TestByTelephone:
    def test_says_the_short_words_of_the_service_and_never_a_note(
        self, desk: Village, citizen: User, gateway: Receiver
    ) -> None:
        document = permit.document(key="izin-pendek")
        for message in document["messages"]:
            message["short"] = {"id": f"Singkat {message['key']} {{reference}} {{link}}"}
        desk.version = factories.installed(desk.region, json.dumps(document)).version
        wish(desk, citizen)
        reference = filed(desk, citizen)
        services.run_due(now=desk.now)
        said = json.loads(gateway.got[0].body)["text"]
        assert said.startswith(f"Singkat received {reference} http")
        payload = row().payload | {"tokens": row().payload["tokens"] | {"note": "RAHASIA"}}
        long = composing.Composed("", "", "https://a.id/track/X/", "kata " * 90 + "https://a.id/track/X/")
        assert len(composing.own(long)) <= composing.TWO_PARTS
        assert composing.own(long).endswith("… https://a.id/track/X/")
        assert "RAHASIA" not in composing.short(EffectRun(region=desk.region, payload=payload))

    def test_says_title_reference_and_link_in_one_sms(
        self, desk: Village, citizen: User, gateway: Receiver, post: Post
    ) -> None:
        wish(desk, citizen)
        reference = filed(desk, citizen, name="KANARI\r\nBcc: x@y.id")
        services.run_due(now=desk.now)
        (got,) = gateway.got
        said = json.loads(got.body)
        assert (said["to"], said["channel"]) == (NUMBER, "sms")
        assert said["text"].startswith(f"received {reference} http")
        assert said["text"].endswith(f"/track/{reference}/")
        assert len(said["text"]) <= 160
        assert "KANARI" not in said["text"]
        assert not post.taken
        assert (row().state, row().payload["via"], row().payload["masked"]) == (
            State.DONE,
            "sms",
            "+62•••7890",
        )
        assert NUMBER not in str(row().payload)
        assert "siti@contoh.id" not in str(row().payload)

    def test_keeps_the_whole_link_however_long_the_title(self) -> None:
        said = composing.Composed("", "Judul " * 60, "TNG-1 https://tangerang.example/track/TNG-1/")
        told = composing.shortened(said, composing.SMS, always=True)
        assert len(told) <= 160
        assert told.endswith("… TNG-1 https://tangerang.example/track/TNG-1/")

    @pytest.mark.parametrize(("status", "reason"), [(400, "http.400"), (404, "http.404")])
    def test_that_is_refused_becomes_a_mail_and_says_so(
        self, desk: Village, citizen: User, gateway: Receiver, post: Post, status: int, reason: str
    ) -> None:
        wish(desk, citizen)
        gateway.status = status
        filed(desk, citizen)
        services.run_due(now=desk.now)
        assert [one["To"] for one in post.taken] == ["siti@contoh.id"]
        kept = row().payload
        assert (kept["via"], kept["instead"], kept["why"]) == ("mail", "sms", reason)
        assert kept["masked"] == "s•••@contoh.id"

    def test_that_is_out_of_order_is_tried_before_a_mail_is_written(
        self, desk: Village, citizen: User, gateway: Receiver, post: Post
    ) -> None:
        wish(desk, citizen)
        gateway.status = 503
        filed(desk, citizen)
        services.run_due(now=desk.now)
        assert (row().state, row().attempts, len(post.taken)) == (State.NEW, 1, 0)
        services.run_due(now=desk.now + timedelta(minutes=1))
        services.run_due(now=desk.now + timedelta(minutes=5))
        assert (row().state, len(gateway.got), len(post.taken)) == (State.DONE, 3, 1)
        assert len({got.headers["idempotency-key"] for got in gateway.got}) == 1

    def test_that_fails_is_parked_when_no_mail_is_wished(
        self, desk: Village, citizen: User, gateway: Receiver, post: Post
    ) -> None:
        wish(desk, citizen, fallback=False)
        gateway.status = 400
        filed(desk, citizen)
        services.run_due(now=desk.now)
        assert (row().state, row().reason, post.taken) == (State.FAILED, "http.400", [])

    def test_is_a_mail_where_the_region_has_no_gateway_any_more(
        self, desk: Village, citizen: User, post: Post
    ) -> None:
        wish(desk, citizen)
        filed(desk, citizen)
        services.run_due(now=desk.now)
        assert len(post.taken) == 1


class TestAMail:
    def test_goes_to_whoever_has_no_account_as_ever(self, desk: Village, post: Post) -> None:
        filed(desk, None)
        services.run_due(now=desk.now)
        assert [one["To"] for one in post.taken] == ["siti@contoh.id"]
        assert row().payload["masked"] == "s•••@contoh.id"

    def test_waits_for_the_end_of_quiet_hours_over_midnight(
        self, desk: Village, citizen: User, post: Post
    ) -> None:
        wish(desk, citizen, "mail", quiet_from=time(21), quiet_until=time(6))
        desk.now += timedelta(hours=14)  # eleven at night
        filed(desk, citizen)
        services.run_due(now=desk.now)
        assert (row().state, row().attempts, row().due_at) == (State.NEW, 0, desk.now + timedelta(hours=7))
        services.run_due(now=desk.now + timedelta(hours=7))
        assert len(post.taken) == 1

    def test_is_in_the_language_of_the_person_else_of_the_case(
        self, desk: Village, citizen: User, post: Post
    ) -> None:
        messages = permit.document()["messages"]
        messages[0]["subject"] = {"id": "Diterima {service}", "en": "Received {service}"}
        title = {"id": "Izin", "en": "Permit"}
        text = permit.as_text(key="dua", languages=["id", "en"], title=title, messages=messages)
        desk.version = factories.installed(desk.region, text).version
        filed(desk, citizen)
        services.run_due(now=desk.now)
        wish(desk, citizen, "mail", language="en")
        filed(desk, citizen)
        services.run_due(now=desk.now)
        assert [one["Subject"] for one in post.taken] == ["Diterima Izin", "Received Permit"]

    def test_to_nobody_there_is_parked_with_its_reason(self, desk: Village, post: Post) -> None:
        post.refused.add("siti@contoh.id")
        filed(desk, None)
        services.run_due(now=desk.now)
        assert row().reason == "mailbox"
        assert "siti@" not in row().last_error


class TestPages:
    def test_of_the_account_keeps_the_wish(
        self, desk: Village, citizen: User, gateway: Receiver, client_on: Any
    ) -> None:
        client, page = client_on(desk.region, citizen), "/account/notices/"
        given = {"channel": "sms", "number": "0812 3456 7890", "fallback": "on", "language": "en"}
        assert client.post(page, given | {"number": "12"}).status_code == 422
        assert client.post(page, given | {"channel": "whatsapp"}).status_code == 422  # no such gateway here
        assert not Wish.objects.exists()
        assert client.post(page, given)["Location"] == "/account/"
        kept = Wish.objects.get(user=citizen)
        assert (kept.channel, kept.number, kept.fallback, kept.language) == ("sms", NUMBER, True, "en")
        assert kept.next_at is None
        assert f'href="{page}"' in client.get("/account/").content.decode()

    def test_of_the_account_asks_for_no_telephone_without_a_gateway(
        self, desk: Village, citizen: User, client_on: Any
    ) -> None:
        assert (
            'name="number"' not in client_on(desk.region, citizen).get("/account/notices/").content.decode()
        )

    def test_of_the_status_says_what_went_where(
        self, desk: Village, citizen: User, gateway: Receiver, client_on: Any
    ) -> None:
        wish(desk, citizen)
        reference = filed(desk, citizen)
        services.run_due(now=desk.now)
        page = client_on(desk.region, citizen).get(f"/track/{reference}/").content.decode()
        assert "Lewat SMS" in page
        assert "+62•••7890" in page
        assert NUMBER not in page

    def test_of_deliveries_lists_every_notice_masked(
        self, desk: Village, citizen: User, gateway: Receiver, post: Post, client_on: Any
    ) -> None:
        wish(desk, citizen)
        gateway.status = 400
        reference = filed(desk, citizen)
        services.run_due(now=desk.now)
        desk.forward(reference)
        services.run_due(now=desk.now)
        chief = factories.staff("administrator", desk.region, "pengelola")
        client = client_on(desk.region, chief)
        page = client.get("/desk/deliveries/?show=all").content.decode()
        assert "SMS gagal, jadi dikirim email." in page
        for told in ("s•••@contoh.id", "Pemohon", "Lurah", "Terkirim", f"received: {reference}", "ID"):
            assert told in page
        for secret in ("siti@contoh.id", desk.head.email, NUMBER, "Siti"):
            assert secret not in page
        assert reference in client.get(f"/desk/deliveries/?show=all&q={reference.lower()}").content.decode()
        assert "Tidak ada pemberitahuan" in client.get("/desk/deliveries/?show=all&q=x").content.decode()
        assert cases.case_by_reference(desk.region, reference) is not None
