"""A service that signs for officers, as BSrE offers it (BSSN): API version 2 in JSON, version 1 in parts.

Entry of the settings: `address`, `user`, `password` (of the institution, sent as HTTP Basic), `version` 2
or 1, `networks`, `authority`. The signer's NIK and passphrase pass through here and are kept nowhere;
neither they nor an answer of the service get into a message or a log.
"""

from __future__ import annotations

import base64
import json
import secrets
from abc import ABC, abstractmethod
from collections.abc import Mapping
from ipaddress import ip_network
from typing import Any

from runtime.letters.adapters.contract import About, Adapter, Config, Failed, Secret
from runtime.outside.fetch import Limits, Reply, Unreachable, fetch

SECONDS = 12.0  # three calls are made while somebody waits
MOST_BYTES = 30_000_000
READY = "ISSUE"


class Bsre(ABC):
    """What both versions share: the way there, and what an answer means."""

    asks = True

    def __init__(self, config: Config) -> None:
        self._config = config
        self._address = str(config["address"]).rstrip("/")

    def sign(self, pdf: bytes, about: About, secret: Secret | None) -> bytes:
        """Return the signed file, if the service knows the signer and the passphrase is right."""
        if secret is None:
            raise Failed("letter.passphrase")
        if self._status(secret.nik) != READY:
            raise Failed("letter.signer_status")
        return self._signed(pdf, about, secret)

    def verify(self, pdf: bytes) -> None:
        """Ask the service whether the file is signed validly."""
        if not self._conclusion(pdf).upper().startswith("VALID"):
            raise Failed("letter.unverified")

    @abstractmethod
    def _status(self, nik: str) -> str:
        """Return what the service says of the signer."""

    @abstractmethod
    def _signed(self, pdf: bytes, about: About, secret: Secret) -> bytes:
        """Return the file as the service signed it."""

    @abstractmethod
    def _conclusion(self, pdf: bytes) -> str:
        """Return the service's verdict on a signed file."""

    def _call(self, path: str, body: bytes | None = None, content_type: str = "application/json") -> Reply:
        """Make one call; raise `Failed` for an answer that is none, or says it may work later."""
        pair = f"{self._config['user']}:{self._config['password']}".encode()
        headers = {"Authorization": f"Basic {base64.b64encode(pair).decode()}", "User-Agent": "Rakit"}
        if body is not None:
            headers["Content-Type"] = content_type
        limits = Limits(
            seconds=SECONDS,
            most_bytes=MOST_BYTES,
            networks=tuple(ip_network(net) for net in self._config.get("networks", ())),
            authority=str(self._config.get("authority", "")),
        )
        method = "GET" if body is None else "POST"
        try:
            reply = fetch(f"{self._address}{path}", method=method, body=body, headers=headers, limits=limits)
        except Unreachable as unreachable:
            raise Failed(unreachable.code, again=True) from None
        if reply.status in (401, 403):
            raise Failed("letter.institution")
        if reply.status >= 500 or reply.status == 429:
            raise Failed(f"http.{reply.status}", again=True)
        return reply


class Version2(Bsre):
    """JSON, files as base 64."""

    def _status(self, nik: str) -> str:
        return str(_read(self._post("/api/v2/user/check/status", {"nik": nik})).get("status", ""))

    def _signed(self, pdf: bytes, about: About, secret: Secret) -> bytes:
        properties = {"tampilan": "INVISIBLE", "reason": about.reason, "location": about.place}
        reply = self._post(
            "/api/v2/sign/pdf",
            {
                "nik": secret.nik,
                "passphrase": secret.passphrase,
                "signatureProperties": [properties],
                "file": [base64.b64encode(pdf).decode()],
            },
        )
        if reply.status != 200:
            raise Failed("letter.passphrase")
        files = _read(reply).get("file")
        if not isinstance(files, list) or len(files) != 1:
            raise Failed("letter.answer")
        return _decoded(files[0])

    def _conclusion(self, pdf: bytes) -> str:
        reply = self._post("/api/v2/verify/pdf", {"file": base64.b64encode(pdf).decode()})
        return str(_read(reply).get("conclusion", ""))

    def _post(self, path: str, body: Mapping[str, Any]) -> Reply:
        return self._call(path, json.dumps(body).encode())


class Version1(Bsre):
    """Multipart forms; the answer is the file itself."""

    def _status(self, nik: str) -> str:
        if not nik.isdigit():
            raise Failed("letter.passphrase")
        found = _read(self._call(f"/api/user/status/{nik}"))
        return str(found.get("status", found.get("message", "")))

    def _signed(self, pdf: bytes, about: About, secret: Secret) -> bytes:
        fields = {"nik": secret.nik, "passphrase": secret.passphrase, "tampilan": "invisible"}
        reply = self._call("/api/sign/pdf", *_parts(fields, "file", pdf))
        if reply.status != 200:
            raise Failed("letter.passphrase")
        return reply.body

    def _conclusion(self, pdf: bytes) -> str:
        found = _read(self._call("/api/sign/verify", *_parts({}, "signed_file", pdf)))
        return str(found.get("conclusion", found.get("summary", "")))


def adapter(config: Config) -> Adapter:
    """Return the way of the version that the institution's service speaks."""
    return Version1(config) if config.get("version") == 1 else Version2(config)


def _read(reply: Reply) -> Mapping[str, Any]:
    try:
        found = json.loads(reply.body)
    except ValueError:
        raise Failed("letter.answer") from None
    if not isinstance(found, dict):
        raise Failed("letter.answer")
    return found


def _decoded(text: object) -> bytes:
    try:
        return base64.b64decode(str(text), validate=True)
    except ValueError:
        raise Failed("letter.answer") from None


def _parts(fields: Mapping[str, str], name: str, pdf: bytes) -> tuple[bytes, str]:
    """Return a body of `multipart/form-data` and its type."""
    edge = secrets.token_hex(16)
    lines = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="surat.pdf"\r\n'
    lines += [head.encode(), b"Content-Type: application/pdf\r\n\r\n", pdf, f"\r\n--{edge}--\r\n".encode()]
    return b"".join(lines), f"multipart/form-data; boundary={edge}"
