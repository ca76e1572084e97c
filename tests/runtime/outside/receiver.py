"""Another system on loopback: keeps what reaches it and answers as it is told."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Got:
    """One request that arrived."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """`status` and `more` (headers) are its next answers; `wait` is how long it takes, in seconds."""

    address: str = ""
    status: int = 204
    more: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0
    got: list[Got] = field(default_factory=list)


class _Handler(BaseHTTPRequestHandler):
    receiver: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.receiver.got.append(Got(self.path, headers, body))
        time.sleep(self.receiver.wait)
        with suppress(BrokenPipeError, ConnectionResetError):
            self.send_response(self.receiver.status)
            for name, value in {"Content-Length": "0", **self.receiver.more}.items():
                self.send_header(name, value)
            self.end_headers()

    def log_message(self, *_words: Any) -> None:
        """Say nothing."""


@contextmanager
def running() -> Iterator[Receiver]:
    receiver = Receiver()
    handler = type("Handler", (_Handler,), {"receiver": receiver})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    receiver.address = f"http://127.0.0.1:{server.server_port}/kabar"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
