"""Tell another system something: the body as JSON, signed with the secret it shares with the region."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import datetime

from runtime.outside import calling, sealing, signing
from runtime.outside.calling import Undelivered
from runtime.outside.models import Connection
from schemas.definition import Json


def send(connection: Connection, *, delivery: str, body: Mapping[str, Json], now: datetime) -> None:
    """Send `body`; `delivery` is the same for every attempt, so that the receiver can drop a repetition.

    Raises `Undelivered`.
    """
    raw = json.dumps({"id": delivery, **body}, ensure_ascii=False, separators=(",", ":")).encode()
    try:
        secret = sealing.unseal(connection.secret)
    except sealing.Unreadable:
        raise Undelivered("secret", again=False) from None
    headers = signing.headers(secret, delivery=delivery, body=raw, now=now)
    calling.call(connection, body=raw, headers=headers, now=now)


def try_out(connection: Connection, *, now: datetime) -> None:
    """Send a message that says nothing but that it is a test; raise `Undelivered`."""
    send(
        connection,
        delivery=f"test_{secrets.token_hex(16)}",
        body={"type": "test", "at": now.isoformat()},
        now=now,
    )
