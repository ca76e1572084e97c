"""The one way to fetch an address outside: HTTPS, judged and pinned, no redirect, bounded in time and size.

The host is resolved once, every address it has is judged, and the connection goes to the address that
was judged, so that a name cannot be changed in between (threat T13). No proxy of the environment is used.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

AT_ONCE = 16
# Addresses that carry another address inside, which the judgement of the outer one would not see.
_WRAPPED: tuple[Network, ...] = tuple(
    ip_network(net) for net in ("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16")
)
# What of IPv6 has been given out; all else is local, reserved, or carries another address in an older way.
_GIVEN_OUT = ip_network("2000::/3")
# Known to newer versions of `ipaddress` only, or called global by them although nobody is there.
_NOBODY: tuple[Network, ...] = tuple(
    ip_network(net) for net in ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20")
)
_pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="fetch")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may take and where it may go. `networks` are private ones the operator has named."""

    seconds: float = 5.0
    most_bytes: int = 262_144
    networks: tuple[Network, ...] = ()
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. Names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


class Unreachable(Exception):
    """Nothing usable came back; `code` is one of: address, connection, size, time."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def fetch(
    url: str,
    *,
    method: str = "GET",
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    limits: Limits = Limits(),
) -> Reply:
    """Make one request; raise `Unreachable`. The time counts from here, with resolving and all reading."""
    exchange = _Exchange(_target(url), method, body, dict(headers or {}), limits)
    waiting = _pool.submit(exchange.run)
    try:
        return waiting.result(timeout=limits.seconds)
    except TimeoutError:
        waiting.cancel()
        exchange.abort()
        raise Unreachable("time") from None


def must_be_askable(url: str) -> None:
    """Raise `Unreachable` for an address that is none, or that nobody is ever asked at, wherever it leads."""
    _target(url)


def may_reach(address: Address, networks: tuple[Network, ...] = ()) -> bool:
    """Say whether an address is on the public internet, or in a network the operator has named."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if address.is_loopback:
        return bool(getattr(settings, "RAKIT_FETCH_LOOPBACK", False))
    if address.is_link_local or address.is_multicast or address.is_unspecified or _inside(address, _WRAPPED):
        return False
    public = address.is_global and not _inside(address, _NOBODY)
    if isinstance(address, IPv6Address):
        public = public and address in _GIVEN_OUT
    return public or _inside(address, networks)


def _inside(address: Address, networks: tuple[Network, ...]) -> bool:
    return any(address.version == network.version and address in network for network in networks)


def _target(url: str) -> SplitResult:
    """Return the parts of an address that may be asked at all."""
    try:
        parts = urlsplit(url)
        known = bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        raise Unreachable("address") from None
    plain = {"http", "https"} if getattr(settings, "RAKIT_FETCH_LOOPBACK", False) else {"https"}
    if not known or parts.scheme not in plain or parts.username is not None or not url.isprintable():
        raise Unreachable("address")
    return parts


class _Exchange:
    """One request on its way, which another thread may end."""

    def __init__(
        self, target: SplitResult, method: str, body: bytes | None, headers: dict[str, str], limits: Limits
    ) -> None:
        self.target, self.method, self.body, self.headers, self.limits = target, method, body, headers, limits
        self.socket: socket.socket | None = None
        self.ended = False

    def abort(self) -> None:
        """End it wherever it is: a thread that reads wakes up with an error."""
        self.ended = True
        if self.socket is not None:
            try:
                self.socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                self.socket.close()

    def run(self) -> Reply:
        address, port = self._resolve()
        connection = _Pinned(self, address, port)
        path = self.target.path or "/"
        if self.target.query:
            path += f"?{self.target.query}"
        try:
            connection.request(self.method, path, self.body, self.headers)
            response = connection.getresponse()
            body = response.read(self.limits.most_bytes + 1)
        except TimeoutError:
            raise Unreachable("time") from None
        except (OSError, http.client.HTTPException, ValueError):
            raise Unreachable("connection") from None
        finally:
            connection.close()
        if len(body) > self.limits.most_bytes:
            raise Unreachable("size")
        headers = {name.lower(): value for name, value in response.getheaders()}
        return Reply(response.status, headers, body)

    def _resolve(self) -> tuple[Address, int]:
        host = self.target.hostname or ""
        port = self.target.port or (443 if self.target.scheme == "https" else 80)
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            addresses = [ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
        except (OSError, ValueError):
            raise Unreachable("address") from None
        if not addresses or not all(may_reach(address, self.limits.networks) for address in addresses):
            raise Unreachable("address")
        if self.target.scheme == "http" and not all(address.is_loopback for address in addresses):
            raise Unreachable("address")
        return addresses[0], port


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was judged, under the name that was asked for."""

    def __init__(self, exchange: _Exchange, address: Address, port: int) -> None:
        super().__init__(exchange.target.hostname or "", port, timeout=exchange.limits.seconds)
        self.exchange, self.address = exchange, address
        if exchange.target.scheme == "https":
            self.default_port = 443

    def connect(self) -> None:
        """Connect, and speak TLS with a certificate checked for the host's name."""
        plain = socket.create_connection((str(self.address), self.port), self.timeout)
        self.exchange.socket = self.sock = plain
        if self.exchange.ended:
            raise OSError("ended before it began")
        if self.exchange.target.scheme == "https":
            context = ssl.create_default_context(cafile=self.exchange.limits.authority or None)
            self.exchange.socket = self.sock = context.wrap_socket(plain, server_hostname=self.host)
