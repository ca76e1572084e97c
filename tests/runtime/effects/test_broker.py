"""A broker carries hints: with it work begins at once, without it nothing is lost and nobody waits."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from runtime.effects import services
from runtime.effects.models import EffectRun
from runtime.effects.wake import Publisher
from runtime.regions import scope
from tests.conftest import process_settings
from tests.runtime.conftest import Village

SUBMIT = """
import json, sys, time, django
django.setup()
from django.utils import timezone
from runtime.cases import services
from runtime.effects import wake
from runtime.modules.models import ModuleVersion
from runtime.regions import scope
from runtime.regions.models import Region
region = Region.objects.get(key="tangerang")
with scope.use(region):
    version = ModuleVersion.objects.get()
    spent, hint = [], wake.publisher.hint
    def timed(ids):
        began = time.monotonic()
        hint(ids)
        spent.append(time.monotonic() - began)
    wake.publisher.hint = timed
    for n in range(3):
        services.submit_case(
            region=region, version=version, language="id", draft_token="", now=timezone.now(),
            answers={"name": "Siti", "email": "siti@contoh.id", "age": 30, "village": "sukasari"},
            submit_key=f"{sys.argv[1]}-{n}",
        )
    print(json.dumps({"hints": len(spent), "slowest": max(spent)}), flush=True)
time.sleep(float(sys.argv[2]))
"""


@pytest.fixture
def black_hole() -> Iterator[str]:
    """An address that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"127.0.0.1:{server.getsockname()[1]}"


def submit_elsewhere(environment: dict[str, str], name: str, linger: float = 0) -> float:
    """File three applications in a process of its own; return how long the slowest hint held it up."""
    connection.close()
    command = [sys.executable, "-c", SUBMIT, name, str(linger)]
    done = subprocess.run(command, env=environment, cwd=os.getcwd(), check=True, capture_output=True)
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["hints"] == 3
    return float(told["slowest"])


def wait_until_done(count: int, seconds: float = 30) -> list[EffectRun]:
    rows: list[EffectRun] = []
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        rows = list(EffectRun.objects.filter(state="done"))
        if len(rows) == count:
            break
        time.sleep(0.2)
    return rows


class TestHint:
    def test_never_waits_for_a_broker_that_hangs(self) -> None:
        release = threading.Event()

        def hang(_: list[int]) -> None:
            release.wait(30)

        publisher = Publisher(hang, size=2)
        began = time.monotonic()
        taken = [publisher.hint([n]) for n in range(50)]
        assert time.monotonic() - began < 15  # it hangs for twice as long
        assert taken[0] is True
        assert taken[-1] is False
        release.set()

    def test_goes_on_after_a_broker_that_fails(self) -> None:
        sent: list[list[int]] = []
        arrived = threading.Event()

        def send(ids: list[int]) -> None:
            if not sent:
                sent.append([])
                raise ConnectionError("refused")
            sent.append(ids)
            arrived.set()

        publisher = Publisher(send)
        publisher.hint([1])
        publisher.hint([2])
        assert arrived.wait(5)
        assert sent == [[], [2]]


class TestBrokerDown:
    @pytest.mark.parametrize(("scheme", "address"), [("redis", "silent"), ("amqp", "refused")])
    def test_holds_no_submit_up_and_loses_nothing(
        self, transactional_db: None, desk: Village, scheme: str, address: str, black_hole: str
    ) -> None:
        host = "127.0.0.1:1" if address == "refused" else black_hole
        environment = process_settings(RAKIT_QUEUE="celery", RAKIT_BROKER_URL=f"{scheme}://{host}")
        assert submit_elsewhere(environment, f"{scheme}-{address}") < 1
        assert EffectRun.objects.filter(state="new").count() == 3
        rows = EffectRun.objects.all()
        assert services.run_due(now=max(row.due_at for row in rows)) == 3


@pytest.mark.services
class TestWorker:
    def test_sends_each_mail_once_and_picks_up_lost_hints(
        self, transactional_db: None, desk: Village, worker: dict[str, str], tmp_path: Path
    ) -> None:
        submit_elsewhere(worker, "hinted", linger=2)
        with scope.use(desk.region):
            lost: Any = desk.submit()  # this process sends its hints nowhere
        rows = wait_until_done(4)
        assert len(rows) == 4
        assert {row.attempts for row in rows} == {1}
        mails = [message_from_bytes(text) for text in _mails(tmp_path)]
        assert len(mails) == len({mail["Message-ID"] for mail in mails}) == 4
        assert any(lost.reference in str(mail["Subject"]) for mail in mails)
        connections.close_all()


def _mails(folder: Path) -> list[bytes]:
    ruler = b"-" * 79
    texts = [part for file in folder.glob("*.log") for part in file.read_bytes().split(ruler)]
    return [text.strip() for text in texts if text.strip()]
