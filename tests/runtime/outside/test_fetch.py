"""Fetching outside (T13): where it may lead, and that it always ends in time."""

from __future__ import annotations

import datetime
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from runtime.outside.fetch import Limits, Unreachable, fetch, may_reach
from tests.runtime.registers.registry import Registry, running

QUICK = Limits(seconds=0.5)

HOSTILE = [
    "http://127.0.0.1:{port}/",
    "https://127.0.0.1:{port}/",
    "https://localhost:{port}/",
    "https://2130706433:{port}/",
    "https://0x7f000001:{port}/",
    "https://017700000001:{port}/",
    "https://0x7f.1:{port}/",
    "https://127.1:{port}/",
    "https://127.0.0.1.:{port}/",
    "https://0.0.0.0:{port}/",
    "https://0:{port}/",
    "https://[::1]:{port}/",
    "https://[::]:{port}/",
    "https://[::ffff:127.0.0.1]:{port}/",
    "https://[::ffff:7f00:1]:{port}/",
    "https://[::127.0.0.1]:{port}/",
    "https://[64:ff9b::7f00:1]:{port}/",
    "https://[64:ff9b:1::7f00:1]/",
    "https://[2002:7f00:1::]:{port}/",
    "https://[2001:0:7f00:1::]/",
    "https://[fe80::1%25lo]:{port}/",
    "https://[fec0::1]/",
    "https://[::ffff:0:127.0.0.1]:{port}/",
    "https://[4000::1]/",
    "https://[3fff::1]/",
    "https://192.0.0.8/",
    "https://192.88.99.1/",
    "https://[fc00::1]/",
    "https://[fd00:ec2::254]/",
    "https://169.254.169.254/latest/meta-data/",
    "https://10.0.0.1/",
    "https://172.16.0.1/",
    "https://192.168.1.1/",
    "https://100.64.0.1/",
    "https://198.18.0.1/",
    "https://224.0.0.1/",
    "https://255.255.255.255/",
    "https://user@127.0.0.1:{port}/",
    "https://public.example@127.0.0.1:{port}/",
    "https://127.0.0.1:{port}\\@public.example/",
    "https://127.0.0.1:99999/",
    "https://127.0.0.1:0/",
    "https:///etc/passwd",
    "https://",
    "file:///etc/passwd",
    "ftp://127.0.0.1:{port}/",
    "gopher://127.0.0.1:{port}/",
    "//127.0.0.1:{port}/",
    "https://127.0.0.1:{port}/\r\nX-More: 1",
    "https://[::1",
]


class Listener:
    """Counts connections to a port of this machine, on both families where there are two."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("", 0), family=socket.AF_INET)
        self.port = self.socket.getsockname()[1]
        self.hits = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                peer, _address = self.socket.accept()
            except OSError:
                return
            self.hits += 1
            peer.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    found = Listener()
    yield found
    found.socket.close()


@pytest.fixture
def loopback(settings: Any) -> None:
    settings.RAKIT_FETCH_LOOPBACK = True


@pytest.fixture
def server(loopback: None) -> Iterator[Registry]:
    with running() as found:
        yield found


def post(address: str, limits: Limits = Limits()) -> Any:  # noqa: B008 - frozen
    return fetch(address, method="POST", body=b"{}", limits=limits)


class TestT13:
    @pytest.mark.parametrize("address", HOSTILE)
    def test_makes_no_connection_to_a_hostile_address(self, address: str, listener: Listener) -> None:
        with pytest.raises(Unreachable) as refused:
            fetch(address.replace("{port}", str(listener.port)), limits=QUICK)
        assert refused.value.code == "address"
        assert listener.hits == 0

    def test_judges_the_address_it_then_connects_to(
        self, loopback: None, server: Registry, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A resolver that answers differently the second time is not asked a second time."""
        answers = iter(["127.0.0.1", "10.0.0.1"])
        real = socket.getaddrinfo

        def rebinding(host: str, port: Any, *args: Any, **more: Any) -> Any:
            return real(next(answers) if host == "register.example" else host, port, *args, **more)

        monkeypatch.setattr(socket, "getaddrinfo", rebinding)
        assert post(server.address.replace("127.0.0.1", "register.example")).status == 200
        assert list(answers) == ["10.0.0.1"]

    def test_refuses_a_host_with_one_bad_address_among_good_ones(
        self, listener: Listener, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        both = [(socket.AF_INET, 1, 6, "", (ip, listener.port)) for ip in ("93.184.216.34", "127.0.0.1")]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: both)
        with pytest.raises(Unreachable, match="address"):
            fetch("https://mixed.example/")
        assert listener.hits == 0

    def test_follows_no_redirect(self, server: Registry) -> None:
        server.mode = "redirect"
        assert post(server.address).status == 302
        server.mode = "private"
        assert post(server.address, QUICK).status == 307
        assert len(server.asked) == 2

    def test_reaches_private_networks_only_when_the_operator_has_named_them(self) -> None:
        inside = ip_address("10.20.3.4")
        assert not may_reach(inside)
        assert may_reach(inside, (ip_network("10.20.0.0/16"),))
        assert not may_reach(ip_address("10.21.0.1"), (ip_network("10.20.0.0/16"),))
        for never in (
            "169.254.169.254",
            "127.0.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "::1",
            "fe80::1",
            "2002:7f00:1::",
        ):
            assert not may_reach(ip_address(never), (ip_network("0.0.0.0/0"), ip_network("::/0"))), never
        assert may_reach(ip_address("103.10.66.1"))


class TestFetch:
    def test_gives_up_after_its_time_in_all(self, server: Registry) -> None:
        for mode in ("slow", "drip"):
            server.mode = mode
            began = time.monotonic()
            with pytest.raises(Unreachable, match="time"):
                post(server.address, QUICK)
            assert time.monotonic() - began < 2, mode  # what the server would have taken

    def test_reads_no_more_than_it_may(self, server: Registry) -> None:
        server.mode = "large"
        with pytest.raises(Unreachable, match="size"):
            post(server.address)

    def test_ends_a_body_that_has_no_end(self, server: Registry) -> None:
        server.mode = "endless"
        with pytest.raises(Unreachable, match="size"):
            post(server.address)

    def test_ends_headers_that_have_no_end(self, server: Registry) -> None:
        server.mode = "headers"
        with pytest.raises(Unreachable, match="connection"):
            post(server.address)

    def test_says_when_nobody_answers(self, server: Registry) -> None:
        server.mode = "hang_up"
        with pytest.raises(Unreachable, match="connection"):
            post(server.address)
        with socket.create_server(("127.0.0.1", 0)) as closed:
            port = closed.getsockname()[1]
        with pytest.raises(Unreachable, match="connection"):
            post(f"http://127.0.0.1:{port}/")

    def test_uses_no_proxy_of_the_environment(
        self, server: Registry, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, "http://127.0.0.1:9")
        assert post(server.address).status == 200


class TestTls:
    def test_trusts_only_a_certificate_for_the_host_that_was_asked(
        self, loopback: None, tmp_path: Path
    ) -> None:
        authority = certificate(tmp_path)

        def with_tls(server: Any) -> str:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(authority, tmp_path / "key.pem")
            server.socket = context.wrap_socket(
                server.socket, server_side=True, do_handshake_on_connect=False
            )
            return "https"

        with running(with_tls) as found:
            named = found.address.replace("127.0.0.1", "localhost")
            assert post(named, Limits(authority=str(authority))).status == 200
            for wrong in (Limits(), Limits(authority=str(authority))):
                with pytest.raises(Unreachable, match="connection"):
                    post(found.address if wrong.authority else named, wrong)


def certificate(folder: Path) -> Path:
    """Write a key and a certificate for localhost alone, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))
    (folder / "certificate.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return folder / "certificate.pem"
