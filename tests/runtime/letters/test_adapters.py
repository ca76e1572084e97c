"""Signing in the file itself, and by a service that signs for officers, against one on loopback."""

from __future__ import annotations

import base64
import datetime as dt
import json
import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter

from runtime.letters.adapters import bsre, pdf
from runtime.letters.adapters.contract import About, Failed, Secret

ABOUT = About("Budi", "Surat Izin 470/1", "Sukasari")
SECRET = Secret("3671010101800001", "kata sandi rahasia")


@pytest.fixture(scope="module")
def printed() -> bytes:
    """A PDF of one empty page."""
    from io import BytesIO

    writer, out = PdfFileWriter(), BytesIO()
    writer.insert_page(PageObject(contents=writer.add_object(_stream()), media_box=[0, 0, 100, 100]))
    writer.write(out)
    return out.getvalue()


def _stream() -> Any:
    from pyhanko.pdf_utils.generic import StreamObject

    return StreamObject(stream_data=b"")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PKCS#12 file of the region, made for the test."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Pemerintah Kota Tangerang")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=30))
        .add_extension(
            x509.KeyUsage(True, True, False, False, False, False, False, False, False), critical=True
        )
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("keys") / "kota.p12"
    sealed = serialization.BestAvailableEncryption(b"sandi")
    file.write_bytes(serialization.pkcs12.serialize_key_and_certificates(b"kota", key, made, None, sealed))
    return file


class TestSigningInTheFile:
    def way(self, certificate: Path, password: str = "sandi") -> Any:
        return pdf.adapter({"certificate": str(certificate), "password": password})

    def test_adds_a_signature_that_holds_and_keeps_what_was_there(
        self, certificate: Path, printed: bytes
    ) -> None:
        way = self.way(certificate)
        signed = way.sign(printed, ABOUT, None)
        assert signed.startswith(printed)
        way.verify(signed)

    def test_refuses_a_file_that_was_changed_or_never_signed(self, certificate: Path, printed: bytes) -> None:
        way = self.way(certificate)
        changed = way.sign(printed, ABOUT, None).replace(b"100 100", b"100 200", 1)
        for file, why in ((changed, "letter.unverified"), (printed, "letter.unsigned")):
            with pytest.raises(Failed, match=why):
                way.verify(file)

    @pytest.mark.parametrize("password", ["salah", ""])
    def test_says_when_the_certificate_cannot_be_opened(
        self, certificate: Path, printed: bytes, password: str
    ) -> None:
        with pytest.raises(Failed, match=r"letter\.certificate"):
            self.way(certificate, password).sign(printed, ABOUT, None)
        with pytest.raises(Failed, match=r"letter\.certificate"):
            self.way(certificate.with_name("none.p12")).sign(printed, ABOUT, None)


@dataclass
class Service:
    """A signing service that can be told what it knows; `asked` are the paths that reached it."""

    status: str = "ISSUE"
    conclusion: str = "VALID_SIGNATURE"
    code: int = 200
    address: str = ""
    asked: list[str] = field(default_factory=list)
    basic: set[str] = field(default_factory=set)


class _Handler(BaseHTTPRequestHandler):
    service: Service

    def do_GET(self) -> None:
        self._answer({"status": self.service.status})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        told = self._told(body)
        if self.service.code != 200:
            return self._answer({}, self.service.code)
        if "status" in self.path:
            return self._answer({"status": self.service.status})
        if "verify" in self.path:
            return self._answer({"conclusion": self.service.conclusion})
        if told["passphrase"] != SECRET.passphrase:
            return self._answer({"error": f"{told['passphrase']} salah"}, 400)
        signed = told["file"] + b"signed"
        if "/v2/" in self.path:
            return self._answer({"file": [base64.b64encode(signed).decode()]})
        return self._send(signed, 200)

    def _told(self, body: bytes) -> dict[str, Any]:
        if self.headers["Content-Type"] == "application/json":
            told = json.loads(body)
            files = told.get("file", [""])
            return told | {"file": base64.b64decode(files[0] if isinstance(files, list) else files)}
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        parts = message_from_bytes(head + body).get_payload()
        found: dict[str, Any] = {}
        for part in parts:  # type: ignore[union-attr]
            content = part.get_payload(decode=True)
            name = part.get_param("name", header="content-disposition")
            found[name] = content if part.get_filename() else content.decode()
        return found

    def _answer(self, told: dict[str, Any], code: int = 200) -> None:
        self._send(json.dumps(told).encode(), code)

    def _send(self, body: bytes, code: int) -> None:
        self.service.asked.append(self.path)
        self.service.basic.add(self.headers["Authorization"])
        self.send_response(code)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: Any) -> None:
        """Say nothing."""


@pytest.fixture
def service(settings: Any) -> Iterator[Service]:
    settings.RAKIT_FETCH_LOOPBACK = True
    found = Service()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"service": found}))
    server.daemon_threads = True
    found.address = f"http://127.0.0.1:{server.server_port}/"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture(params=[1, 2])
def way(request: pytest.FixtureRequest, service: Service) -> Any:
    config = {"address": service.address, "user": "kota", "password": "kunci", "version": request.param}
    return bsre.adapter(config)


class TestSigningByAService:
    def test_signs_once_the_signer_is_ready_and_has_it_verified(self, way: Any, service: Service) -> None:
        signed = way.sign(b"%PDF-1.7\r\n--x", ABOUT, SECRET)
        way.verify(signed)
        assert signed == b"%PDF-1.7\r\n--xsigned"
        assert ["status" in path for path in service.asked] == [True, False, False]
        assert service.basic == {f"Basic {base64.b64encode(b'kota:kunci').decode()}"}

    @pytest.mark.parametrize("status", ["EXPIRED", "NOT_REGISTERED", ""])
    def test_asks_for_no_signature_without_a_certificate(
        self, way: Any, service: Service, status: str
    ) -> None:
        service.status = status
        with pytest.raises(Failed, match=r"letter\.signer_status"):
            way.sign(b"%PDF-", ABOUT, SECRET)
        assert len(service.asked) == 1

    def test_lets_no_passphrase_into_a_message_or_a_log(
        self, way: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        wrong = Secret(SECRET.nik, "bukan sandinya")
        with pytest.raises(Failed, match=r"letter\.passphrase") as failed:
            way.sign(b"%PDF-", ABOUT, wrong)
        assert "bukan sandinya" not in f"{caplog.text} {failed.value!r} {wrong!r}"
        assert SECRET.nik not in f"{caplog.text} {failed.value!r} {wrong!r}"

    @pytest.mark.parametrize("conclusion", ["INVALID", "NO_SIGNATURE", "WARNING", ""])
    def test_takes_no_signature_that_the_service_does_not_call_valid(
        self, way: Any, service: Service, conclusion: str
    ) -> None:
        service.conclusion = conclusion
        with pytest.raises(Failed, match=r"letter\.unverified"):
            way.verify(b"%PDF-")

    @pytest.mark.parametrize(("code", "again"), [(500, True), (429, True), (401, False)])
    def test_tells_what_may_pass_from_what_will_not(
        self, way: Any, service: Service, code: int, again: bool
    ) -> None:
        service.code = code
        with pytest.raises(Failed) as failed:
            way.verify(b"%PDF-")
        assert failed.value.again is again
