"""Messages to telephones: through the region's gateway, short, with nothing but reference and link."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from runtime.effects import services
from runtime.effects.handlers import message as handler
from runtime.effects.models import EffectRun
from runtime.outside import calling as outgoing
from runtime.outside import services as outside
from tests import factories
from tests.runtime import permit
from tests.runtime.conftest import NOW, Village
from tests.runtime.outside.receiver import Receiver
from tests.runtime.postoffice import Post

State = EffectRun.State


@pytest.fixture
def calling(desk: Village) -> Village:
    """The permit, which asks for a telephone and writes to it."""
    document = permit.document(key="izin-sms", applicant={"name": "name", "email": "email", "phone": "hp"})
    document["pages"][0]["fields"].append({"key": "hp", "type": "phone", "label": {"id": "HP"}})
    document["workflow"]["filed"] = [{"message": "received", "to": "applicant", "via": "sms"}]
    document["messages"][0]["body"] = {"id": "Permohonan {reference}: {status}. {link}"}
    desk.version = factories.installed(desk.region, json.dumps(document)).version
    return desk


def filed(village: Village, **more: Any) -> str:
    given = permit.answers(village=village.office.key, hp="+6281234567890") | more
    return village.submit(answers={k: v for k, v in given.items() if v is not None}).reference


def row() -> EffectRun:
    return EffectRun.objects.get(type="message")


class TestMessage:
    def test_goes_through_the_gateway_and_forgets_the_number(
        self, calling: Village, receiver: Receiver
    ) -> None:
        outside.add(
            region=calling.region, name="SMS", kind="sms", address=receiver.address, token="kunci", now=NOW
        )
        reference = filed(calling)
        services.run_due(now=calling.now)
        (got,) = receiver.got
        said = json.loads(got.body)
        assert (said["to"], said["channel"]) == ("+6281234567890", "sms")
        assert said["text"].startswith(f"Permohonan {reference}: Diperiksa. http")
        assert "Siti" not in said["text"]
        assert got.headers["authorization"] == "Bearer kunci"
        assert got.headers["idempotency-key"] == said["id"]
        assert row().state == State.DONE
        assert "6281234567890" not in str(row().payload)

    def test_is_said_in_the_short_words_of_the_service(self, desk: Village, settings: Any) -> None:
        document = permit.document(
            key="izin-sms", applicant={"name": "name", "email": "email", "phone": "hp"}
        )
        document["pages"][0]["fields"].append({"key": "hp", "type": "phone", "label": {"id": "HP"}})
        document["workflow"]["filed"] = [{"message": "received", "to": "applicant", "via": "sms"}]
        document["messages"][0]["short"] = {"id": "Diterima: {reference}."}
        desk.version = factories.installed(desk.region, json.dumps(document)).version
        reference = filed(desk)
        said = handler.text(row())
        assert said.startswith(f"Diterima: {reference}. http")  # the link is added
        assert said.endswith(f"/track/{reference}/")

    def test_is_not_written_to_whoever_gave_no_number(self, calling: Village) -> None:
        filed(calling, hp=None)
        assert not EffectRun.objects.filter(type="message").exists()

    def test_is_parked_without_a_gateway(self, calling: Village) -> None:
        filed(calling)
        services.run_due(now=calling.now)
        assert (row().state, row().reason) == (State.FAILED, "missing")

    def test_is_parked_when_the_number_is_none(self, calling: Village, settings: Any) -> None:
        settings.RAKIT_MESSAGES = "console"
        filed(calling)
        EffectRun.objects.filter(type="message").update(payload=row().payload | {"to": "+62 812\n+6281"})
        services.run_due(now=calling.now)
        assert (row().state, row().reason) == (State.FAILED, "number")

    def test_can_be_written_to_a_file_or_the_console(
        self, calling: Village, settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        settings.RAKIT_MESSAGES, settings.RAKIT_MESSAGES_FOLDER = "file", tmp_path / "pesan"
        reference = filed(calling)
        services.run_due(now=calling.now)
        (written,) = (tmp_path / "pesan").glob("*.txt")
        assert written.read_text(encoding="utf-8").startswith(f"sms +6281234567890\nPermohonan {reference}")
        settings.RAKIT_MESSAGES = "console"
        reference = filed(calling)
        services.run_due(now=calling.now)
        assert f"Permohonan {reference}" in capsys.readouterr().out

    def test_holds_up_no_mail_when_the_gateway_is_slow(
        self, calling: Village, receiver: Receiver, post: Post, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Twelve messages wait before three mails, and each takes the gateway its time."""
        monkeypatch.setattr(outgoing, "SLOW", 0.1)
        receiver.wait = 0.4
        self._gateway(calling, receiver)
        for _ in range(12):
            filed(calling)
        document = permit.document(key="izin-surat")
        mailed = factories.installed(calling.region, json.dumps(document)).version
        for _ in range(3):
            calling.submit(version=mailed)
        began = monotonic()
        services.run_due(now=calling.now)
        took = monotonic() - began
        assert len(post.taken) == 3
        assert len(receiver.got) == 1
        assert took < 12 * receiver.wait
        later = calling.now
        for _ in range(11):  # each after the rest of the one before
            later += timedelta(seconds=5)
            services.run_due(now=later)
        assert len(receiver.got) == 12
        assert {one.state for one in EffectRun.objects.filter(type="message")} == {State.DONE}

    def test_holds_up_no_mail_when_the_gateway_never_answers(
        self, calling: Village, receiver: Receiver, post: Post, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(outgoing, "SLOW", 0.1)
        monkeypatch.setattr(outgoing, "SECONDS", 0.3)
        receiver.wait = 2
        self._gateway(calling, receiver)
        for _ in range(6):
            filed(calling)
        document = permit.document(key="izin-surat")
        calling.submit(version=factories.installed(calling.region, json.dumps(document)).version)
        services.run_due(now=calling.now)
        assert len(post.taken) == 1
        assert len(receiver.got) == 1
        rows = EffectRun.objects.filter(type="message").order_by("pk")
        assert sorted((one.state, one.attempts, one.reason) for one in rows) == [
            *[(State.NEW, 0, "paused")] * 5,
            (State.NEW, 1, "time"),
        ]

    def _gateway(self, calling: Village, receiver: Receiver) -> None:
        outside.add(
            region=calling.region, name="SMS", kind="sms", address=receiver.address, token="kunci", now=NOW
        )

    def test_loses_its_end_and_not_its_link_when_it_is_long(self, calling: Village) -> None:
        document = permit.document(key="izin-panjang", applicant={"name": "name", "phone": "hp"})
        document["pages"][0]["fields"].append({"key": "hp", "type": "phone", "label": {"id": "HP"}})
        document["workflow"]["filed"] = [{"message": "received", "to": "applicant", "via": "sms"}]
        document["messages"][0]["body"] = {"id": "Kabar.\n\n" * 90 + "{link}"}
        calling.version = factories.installed(calling.region, json.dumps(document)).version
        reference = filed(calling)
        text = handler.text(row())
        assert len(text) <= 459
        assert text.endswith(f"/track/{reference}/")
        assert "… http" in text
        assert "\n" not in text
