"""A web process that is told to stop while a mail is on its way."""

from __future__ import annotations

import os
import signal
import socket
import socketserver
import subprocess
import threading
from pathlib import Path

import pytest
from django.db import connection

from runtime.effects.models import EffectRun
from tests.conftest import process_settings
from tests.runtime.conftest import Village
from tests.stack import GRANIAN


class SlowPost(socketserver.ThreadingTCPServer):
    """A mail server that has every mail wait for its receipt until `answer` is set."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Dialogue)
        self.taken: list[str] = []
        self.arrived, self.answer = threading.Event(), threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()


class _Dialogue(socketserver.StreamRequestHandler):
    server: SlowPost

    def handle(self) -> None:
        self.wfile.write(b"220 slow\r\n")
        while line := self.rfile.readline().decode().strip():
            if line.upper() != "DATA":
                self.wfile.write(b"250 yes\r\n" if line.upper() != "QUIT" else b"221 bye\r\n")
                continue
            self.wfile.write(b"354 go on\r\n")
            while (part := self.rfile.readline().decode()) != ".\r\n":
                if part.lower().startswith("message-id:"):
                    self.server.taken.append(part)
            self.server.arrived.set()
            self.server.answer.wait(9)
            self.wfile.write(b"250 taken\r\n")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@pytest.mark.usefixtures("transactional_db")
class TestAWebProcess:
    def test_notes_the_mail_under_way_before_it_ends(self, desk: Village, tmp_path: Path) -> None:
        desk.submit()
        connection.close()
        post = SlowPost()
        environment = process_settings(
            RAKIT_QUEUE="embedded",
            RAKIT_EMAIL_URL=f"smtp://127.0.0.1:{post.server_address[1]}?tls=no",
        )
        web = subprocess.Popen(
            [str(GRANIAN), "--interface", "wsgi", "--port", str(_free_port()), "cms.wsgi:application"],
            env=environment,
            cwd=os.getcwd(),
            start_new_session=True,
        )
        try:
            assert post.arrived.wait(60)
            web.terminate()
            with pytest.raises(subprocess.TimeoutExpired):
                web.wait(1)
            post.answer.set()
            web.wait(20)
        finally:
            if web.poll() is None:
                os.killpg(web.pid, signal.SIGKILL)
            post.shutdown()
            post.server_close()
        assert EffectRun.objects.get().state == EffectRun.State.DONE
        assert len(post.taken) == 1
