"""Messages to telephones: through the region's gateway, short, with nothing but reference and link."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from runtime.effects import services
from runtime.effects.handlers import message as handler
from runtime.effects.models import EffectRun
from runtime.outside import services as outside
from tests import factories
from tests.runtime import permit
from tests.runtime.conftest import NOW, Village
from tests.runtime.outside.receiver import Receiver

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
