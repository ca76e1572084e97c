"""Call a connection: one request, its answer judged, and what is remembered of how it went.

A program that fails three times in a row is left alone for a while, longer each time, so that one that
is down holds up neither the others nor the queue. Of those who wait, one then asks again. One that is slow
gets a rest after each call: it may take a quarter of the time, and no more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from ipaddress import ip_network
from time import monotonic

from django.conf import settings
from django.db.models import F, QuerySet

from runtime.outside.fetch import Limits, Reply, Unreachable, fetch
from runtime.outside.models import Connection

SECONDS = 10.0
MOST_BYTES = 65_536
PATIENCE = 3
PAUSE, LONGEST = timedelta(seconds=30), timedelta(minutes=15)
PROBE = timedelta(seconds=15)  # longer than a call takes
SLOW = 2.0  # seconds; whoever takes longer is left alone for a while, for all others wait as long
REST = 3  # times as long as the call took
MOST_WANTED = timedelta(hours=6)
AGAIN = frozenset({408, 425, 429})


class Undelivered(Exception):
    """It did not arrive. `reason` says why in a word; `again` whether trying later may help.

    `wait` is how long to wait at least; without `asked` nothing was sent, so it was no try.
    """

    def __init__(
        self, reason: str, *, again: bool, wait: timedelta | None = None, asked: bool = True
    ) -> None:
        super().__init__(reason)
        self.reason, self.again, self.wait, self.asked = reason, again, wait, asked


def call(connection: Connection, *, body: bytes, headers: Mapping[str, str], now: datetime) -> Reply:
    """Send `body` to the connection and return the answer, if it is one of success; raise `Undelivered`.

    Call it outside a transaction: it waits for the network.
    """
    _admit(connection, now)
    began = monotonic()
    try:
        reply = fetch(
            connection.address,
            method="POST",
            body=body,
            headers={"Content-Type": "application/json", "User-Agent": "Rakit", **headers},
            limits=limits(),
        )
    except Unreachable as unreachable:
        _failed(connection, unreachable.code, now, wait=_rest(began), down=True)
        raise Undelivered(unreachable.code, again=True) from None
    rest = _rest(began)
    if 200 <= reply.status < 300:
        succeeded(connection, now, rest=rest)
        return reply
    reason, wait = f"http.{reply.status}", wanted_wait(reply, now) or rest
    again = reply.status >= 500 or reply.status in AGAIN
    _failed(connection, reason, now, wait=wait, down=again)
    raise Undelivered(reason, again=again, wait=wait)


def limits() -> Limits:
    """Return what a call may take, and the private networks that the operator allows connections to."""
    networks = tuple(ip_network(net) for net in settings.RAKIT_CONNECTION_NETWORKS)
    return Limits(seconds=SECONDS, most_bytes=MOST_BYTES, networks=networks)


def wanted_wait(reply: Reply, now: datetime) -> timedelta | None:
    """Return how long the other side wants to be left alone (RFC 9110 §10.2.3), within reason."""
    said = reply.headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}", said):
        return min(timedelta(seconds=int(said)), MOST_WANTED)
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(until - now, timedelta(0)), MOST_WANTED)


def succeeded(connection: Connection, now: datetime, *, rest: timedelta | None = None) -> None:
    """Note that the other side took it, and needs a rest when it was slow."""
    _same(connection).update(succeeded_at=now, failures=0, paused_until=now + rest if rest else None)


def _rest(began: float) -> timedelta | None:
    """Return for how long to leave a program alone that has worked since `began`; None when it was quick."""
    took = monotonic() - began
    return timedelta(seconds=took * (1 + REST)) if took > SLOW else None


def _admit(connection: Connection, now: datetime) -> None:
    """Let the call go ahead, unless the connection is off or left alone; of those who wait, one may."""
    if not connection.on:
        raise Undelivered("off", again=False)
    until = connection.paused_until
    if until is None:
        return
    if until > now:
        raise Undelivered("paused", again=True, wait=until - now, asked=False)
    if not _same(connection).filter(paused_until=until).update(paused_until=now + PROBE):
        raise Undelivered("paused", again=True, wait=PROBE, asked=False)


def _failed(
    connection: Connection, reason: str, now: datetime, *, wait: timedelta | None, down: bool
) -> None:
    """Note a failure; when the program is `down` or busy, leave it alone for a while."""
    _same(connection).update(failed_at=now, failed_for=reason[:20])
    if not down:
        _same(connection).update(failures=0, paused_until=None)
        return
    _same(connection).update(failures=F("failures") + 1)
    connection.refresh_from_db(fields=["failures"])
    beyond = connection.failures - PATIENCE
    pause = min(PAUSE * 2 ** min(beyond, 10), LONGEST) if beyond >= 0 else timedelta(0)
    pause = max(pause, wait or timedelta(0))
    _same(connection).update(paused_until=now + pause if pause else None)


def _same(connection: Connection) -> QuerySet[Connection]:
    found: QuerySet[Connection] = Connection.objects.filter(region=connection.region_id, pk=connection.pk)
    return found
