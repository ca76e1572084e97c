"""A civil registry on loopback that can be told to be slow, down, refusing, wrong or nonsense."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SITI = {
    "NIK": "3671014505900001",
    "NAMA_LGKP": "SITI  AMINAH",
    "TMPT_LHR": "TANGERANG",
    "TGL_LHR": "05-05-1990",
    "JENIS_KLMIN": "Perempuan",
}


@dataclass
class Registry:
    """What the server knows and how it behaves; `asked` are the questions that reached it."""

    mode: str = "ok"
    people: dict[str, dict[str, str]] = field(default_factory=lambda: {SITI["NIK"]: SITI})
    asked: list[dict[str, Any]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    address: str = ""

    def entry(self, **more: Any) -> dict[str, Any]:
        """Return the entry of the settings that leads here."""
        return {
            "title": {"id": "Dukcapil", "en": "Dukcapil"},
            "address": self.address,
            "credential": "kunci-rahasia",
            "echo": {"nik": "/content/0/NIK", "tgl_lahir": {"at": "/content/0/TGL_LHR", "date": "%d-%m-%Y"}},
            "take": {
                "nama": "/content/0/NAMA_LGKP",
                "tempat_lahir": "/content/0/TMPT_LHR",
                "jenis_kelamin": {
                    "at": "/content/0/JENIS_KLMIN",
                    "words": {"Perempuan": "P", "Laki-laki": "L"},
                },
            },
            "nobody": {"at": "/content/0/RESPONSE_CODE", "is": ["13"]},
        } | more


class _Handler(BaseHTTPRequestHandler):
    registry: Registry

    def do_POST(self) -> None:
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        registry = self.registry
        registry.asked.append(told)
        registry.tokens.append(self.headers.get("Authorization", ""))
        with suppress(BrokenPipeError, ConnectionResetError):  # whoever asked may have given up
            getattr(self, f"_{registry.mode}")(told)

    def log_message(self, *_words: Any) -> None:
        """Say nothing."""

    def _send(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def _person(self, person: dict[str, str] | None) -> None:
        content = person or {"RESPONSE_CODE": "13", "RESPONSE": "Data tidak ditemukan"}
        self._send(json.dumps({"content": [content]}).encode())

    def _ok(self, told: dict[str, Any]) -> None:
        self._person(self.registry.people.get(str(told.get("nik"))))

    def _wrong(self, told: dict[str, Any]) -> None:
        self._person({**SITI, "NIK": "3671014505900009", "NAMA_LGKP": "ORANG LAIN"})

    def _error(self, told: dict[str, Any]) -> None:
        self._send(b"oops", 500)

    def _quota(self, told: dict[str, Any]) -> None:
        self._send(b"", 429, Retry_After="120")

    def _garbage(self, told: dict[str, Any]) -> None:
        self._send(b'<html>"NAMA_LGKP": "SITI"\xff')

    def _redirect(self, told: dict[str, Any]) -> None:
        self._send(b"", 302, Location=f"{self.registry.address}lain")

    def _large(self, told: dict[str, Any]) -> None:
        self._send(b'{"a": "' + b"x" * 400_000 + b'"}')

    def _endless(self, told: dict[str, Any]) -> None:
        self.send_response(200)
        self.end_headers()
        while True:
            self.wfile.write(b"x" * 65_536)

    def _headers(self, told: dict[str, Any]) -> None:
        self.send_response(200)
        while True:
            self.send_header("X-More", "x" * 1000)
            self.flush_headers()

    def _private(self, told: dict[str, Any]) -> None:
        self._send(b"", 307, Location="http://169.254.169.254/latest/meta-data/")

    def _slow(self, told: dict[str, Any]) -> None:
        time.sleep(2)
        self._ok(told)

    def _drip(self, told: dict[str, Any]) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(40):
            self.wfile.write(b" ")
            self.wfile.flush()
            time.sleep(0.1)

    def _hang_up(self, told: dict[str, Any]) -> None:
        self.connection.close()


@contextmanager
def running(prepare: Any = None) -> Iterator[Registry]:
    """Run a registry; `prepare(server)` may put TLS around it."""
    registry = Registry()
    handler = type("Handler", (_Handler,), {"registry": registry})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    scheme = prepare(server) if prepare else "http"
    registry.address = f"{scheme}://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield registry
    finally:
        server.shutdown()
        server.server_close()
