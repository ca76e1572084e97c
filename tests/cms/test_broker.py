"""A Redis that was silent for a while: a worker goes on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from kombu import Connection

from cms.celery import app
from tests.conftest import require
from tests.faults.servers import Redis

pytestmark = pytest.mark.services


class TestQoS:
    def test_lets_a_worker_go_on_whose_acknowledgement_went_unanswered(self, tmp_path: Path) -> None:
        require(shutil.which("redis-server") is not None, "redis-server")
        assert app.conf.broker_url
        server = Redis(tmp_path / "redis")
        server.start()
        try:
            with Connection(server.url, transport_options={"socket_timeout": 0.3}) as connection:
                queue = connection.SimpleQueue("jobs")
                queue.consumer.qos(prefetch_count=1)
                for number in range(2):
                    queue.put(number)
                message = queue.get(timeout=5)
                qos = message.channel.qos
                assert not qos.can_consume()
                server.silence()
                with pytest.raises(connection.connection_errors):
                    message.ack()
                server.wake()
                assert qos.can_consume()
        finally:
            server.kill()
